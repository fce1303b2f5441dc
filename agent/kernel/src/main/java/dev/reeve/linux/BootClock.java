package dev.reeve.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CLOCK_BOOTTIME: it never steps and counts on through a suspend; two readings compare only within
 * one boot.
 */
public final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private BootClock() {}

  /** Nanoseconds since the machine started. */
  public static long nanos() {
    return Linux.libc().nanos(CLOCK_BOOTTIME);
  }

  /** The name of this boot, a UUID in lower case. */
  public static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      throw new LinuxUnavailable("the boot id cannot be read from " + BOOT_ID, e);
    }
  }
}
