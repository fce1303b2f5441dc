package dev.reeve.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A {@code struct sockaddr_un}. */
final class UnixAddress {
  static final int FAMILY = 1; // AF_UNIX
  static final int STREAM = 1;
  static final int DATAGRAM = 2;
  static final int CLOSE_ON_EXEC = 0x80000;
  static final int NON_BLOCKING = 0x800;
  private static final int PATH = 2;
  private static final int LONGEST = 107;

  private UnixAddress() {}

  /**
   * A path, or, when it starts with {@code @}, a name in the abstract name space, which has no
   * final zero.
   */
  static MemorySegment of(String name, Arena arena) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "the name of a Unix socket has 1 to "
              + LONGEST
              + " bytes, this one "
              + bytes.length
              + ": "
              + name);
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the name of a Unix socket has no zero byte");
    }
    boolean isAbstract = bytes[0] == '@';
    MemorySegment address = arena.allocate(PATH + bytes.length + (isAbstract ? 0 : 1), 2);
    address.set(JAVA_SHORT, 0, (short) FAMILY);
    MemorySegment.copy(bytes, 0, address, JAVA_BYTE, PATH, bytes.length);
    if (isAbstract) {
      address.set(JAVA_BYTE, PATH, (byte) 0);
    }
    return address;
  }
}
