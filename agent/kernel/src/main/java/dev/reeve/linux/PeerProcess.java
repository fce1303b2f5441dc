package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gets a handle on the process that connected, so that its pid can no longer change its meaning.
 */
final class PeerProcess {
  private static final int SO_PEERPIDFD = 77;
  private static final long NANOS_PER_TICK = 10_000_000L; // USER_HZ is 100 on x86_64 and aarch64

  private PeerProcess() {}

  /**
   * Empty when the process is gone already, is not visible here, or might be another one than the
   * one that connected.
   */
  static Optional<Pidfd> of(Libc libc, int fd, PeerCredentials peer) throws LinuxException {
    if (peer.pid() == 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pidfd = arena.allocate(JAVA_INT);
      int answer = libc.getsockopt(fd, SO_PEERPIDFD, pidfd);
      if (answer >= 0) {
        return Optional.of(new Pidfd(libc, peer.pid(), pidfd.get(JAVA_INT, 0)));
      }
      return answer == -Errno.ENOPROTOOPT ? byStartTime(peer, BootClock.nanos()) : Optional.empty();
    }
  }

  /**
   * For kernels before 6.5: opens the pid and refuses it when that process started after the
   * connection was accepted or runs as another user. A pid that is reused between connect and
   * accept by the same user is not found out.
   */
  static Optional<Pidfd> byStartTime(PeerCredentials peer, long acceptedNanos)
      throws LinuxException {
    Optional<Pidfd> opened = Pidfd.open(peer.pid());
    if (opened.isEmpty()) {
      return opened;
    }
    Pidfd pidfd = opened.get();
    if (startedNanos(peer.pid()) <= acceptedNanos
        && effectiveUid(peer.pid()) == peer.uid()
        && pidfd.alive()) {
      return opened;
    }
    pidfd.close();
    return Optional.empty();
  }

  /** The end of time when it cannot be read. */
  private static long startedNanos(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Math.multiplyExact(Long.parseLong(fields[19]), NANOS_PER_TICK);
    } catch (IOException | RuntimeException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Nobody's uid when it cannot be read. */
  private static long effectiveUid(long pid) {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("Uid:")) {
          return Long.parseLong(line.split("\\s+", -1)[2]);
        }
      }
      return -1;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
