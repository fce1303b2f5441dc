package dev.reeve.linux;

import java.nio.file.Path;

/** What a folder needs beyond {@link java.nio.file.Files}. */
public final class Directories {
  private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

  private Directories() {}

  /**
   * Makes the entries of a folder durable: after creating, renaming or deleting a file in it.
   * Blocks until the device has them.
   *
   * @throws LinuxException if it cannot be opened or the device fails; then nothing is known about
   *     the entries
   */
  public static void sync(Path folder) throws LinuxException {
    Libc libc = Linux.libc();
    int fd = libc.open(folder.toString(), READ_ONLY_CLOSE_ON_EXEC);
    if (fd < 0) {
      throw new LinuxException("open", -fd, folder.toString());
    }
    int answer = libc.fsync(fd);
    libc.close(fd);
    if (answer < 0) {
      throw new LinuxException("fsync", -answer, folder.toString());
    }
  }
}
