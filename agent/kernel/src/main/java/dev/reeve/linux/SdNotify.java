package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What this process tells the service manager (sd_notify). Where no manager asked for it, every
 * call does nothing. Never blocks for long, never throws for a manager that is gone.
 */
public final class SdNotify {
  private static final int NO_SIGNAL_DO_NOT_WAIT = 0x4040;

  private final Optional<String> socket;
  private final Optional<Duration> watchdog;

  private SdNotify(Optional<String> socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /**
   * Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; the last names whom the watchdog is for.
   */
  public static SdNotify from(Map<String, String> environment, long ownPid) {
    String name = environment.getOrDefault("NOTIFY_SOCKET", "");
    String forPid = environment.getOrDefault("WATCHDOG_PID", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean ours = forPid.isEmpty() || forPid.equals(Long.toString(ownPid));
    Optional<Duration> watchdog =
        ours && micros.matches("[1-9][0-9]{0,17}")
            ? Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1000L)))
            : Optional.empty();
    boolean usable = name.startsWith("/") || (name.startsWith("@") && name.length() > 1);
    return new SdNotify(usable ? Optional.of(name) : Optional.empty(), watchdog);
  }

  /**
   * How often {@link #alive()} must come at least; half of it is a good rhythm. Empty when nobody
   * watches.
   */
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  /** The start is over. */
  public boolean ready() {
    return send("READY=1");
  }

  /** The end has begun. */
  public boolean stopping() {
    return send("STOPPING=1");
  }

  /** Feeds the watchdog. */
  public boolean alive() {
    return send("WATCHDOG=1");
  }

  /** One line for {@code systemctl status}. */
  public boolean status(String line) {
    return send("STATUS=" + line.replaceAll("\\p{Cntrl}", " "));
  }

  /** Whether the manager's socket took the message. */
  private boolean send(String message) {
    if (socket.isEmpty() || Linux.missing().isPresent()) {
      return false;
    }
    Libc libc = Linux.libc();
    int fd = libc.socket(UnixAddress.FAMILY, UnixAddress.DATAGRAM | UnixAddress.CLOSE_ON_EXEC);
    if (fd < 0) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      if (libc.connect(fd, UnixAddress.of(socket.get(), arena)) < 0) {
        return false;
      }
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      MemorySegment from = arena.allocateFrom(JAVA_BYTE, bytes);
      return libc.send(fd, from, NO_SIGNAL_DO_NOT_WAIT) == bytes.length;
    } catch (IllegalArgumentException e) {
      return false; // a name too long for a socket is nobody's socket
    } finally {
      libc.close(fd);
    }
  }
}
