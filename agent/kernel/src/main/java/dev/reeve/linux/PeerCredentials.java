package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Who connected, as the kernel noted it at the moment of connect.
 *
 * @param pid 0 when the peer lives in a pid namespace that cannot be seen from here: such a peer
 *     has no name for us
 * @param uid the effective user; 65534 where it has no meaning here
 * @param gid the effective group
 */
public record PeerCredentials(long pid, long uid, long gid) {
  private static final int SO_PEERCRED = 17;

  static PeerCredentials of(Libc libc, int fd) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment credentials = arena.allocate(12, 4); // struct ucred: pid, uid, gid
      int answer = libc.getsockopt(fd, SO_PEERCRED, credentials);
      if (answer < 0) {
        throw new LinuxException("getsockopt", -answer, "SO_PEERCRED");
      }
      return new PeerCredentials(
          Integer.toUnsignedLong(credentials.get(JAVA_INT, 0)),
          Integer.toUnsignedLong(credentials.get(JAVA_INT, 4)),
          Integer.toUnsignedLong(credentials.get(JAVA_INT, 8)));
    }
  }
}
