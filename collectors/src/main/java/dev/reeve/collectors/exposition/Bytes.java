package dev.reeve.collectors.exposition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Looks at eight bytes at a time.
final class Bytes {
  static final long ONES = 0x0101010101010101L;
  static final long HIGHS = 0x8080808080808080L;
  static final long NEWLINES = ONES * '\n';

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /// Eight bytes, the first one lowest.
  static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /// The highest bit of each byte that is zero. Only the lowest such bit is exact.
  static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /// The index of the byte that the lowest bit of a mask from [#zeros] stands for.
  static int first(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }

  /// The index of the next line end. There must be one.
  static int newline(byte[] bytes, int from) {
    int at = from;
    while (at <= bytes.length - 8) {
      long mask = zeros(word(bytes, at) ^ NEWLINES);
      if (mask != 0) {
        return at + first(mask);
      }
      at += 8;
    }
    while (bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  static boolean startsWith(byte[] bytes, int from, byte[] what) {
    return bytes.length - from >= what.length
        && Arrays.equals(bytes, from, from + what.length, what, 0, what.length);
  }

  /// A hash that an exporter can't steer without knowing the seed.
  static long hash(byte[] bytes, int from, int length, long seed) {
    long a = seed ^ 0x9E3779B97F4A7C15L;
    long b = seed ^ 0xD6E8FEB86659FD93L;
    int at = from;
    int end = from + length;
    while (end - at >= 32) {
      a = mix(word(bytes, at) ^ seed, word(bytes, at + 8) ^ a);
      b = mix(word(bytes, at + 16) ^ seed, word(bytes, at + 24) ^ b);
      at += 32;
    }
    while (end - at >= 8) {
      a = mix(word(bytes, at) ^ seed, a);
      at += 8;
    }
    long rest = length;
    while (at < end) {
      rest = rest << 8 | (bytes[at++] & 0xff);
    }
    return mix(mix(a ^ rest, 0xA0761D6478BD642FL) ^ b, seed ^ length);
  }

  private static long mix(long x, long y) {
    return Math.unsignedMultiplyHigh(x, y) ^ (x * y);
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = bytes[at++];
      if (lead >= 0) {
        continue;
      }
      int more = Utf8.following(lead & 0xff);
      if (more < 0 || at + more > to || !Utf8.completes(bytes, at - 1, more)) {
        return false;
      }
      at += more;
    }
    return true;
  }

  /// The table of well-formed byte sequences of the Unicode standard, 3.9.
  private static final class Utf8 {
    static int following(int lead) {
      if (lead >= 0xC2 && lead <= 0xDF) {
        return 1;
      }
      if (lead >= 0xE0 && lead <= 0xEF) {
        return 2;
      }
      return lead >= 0xF0 && lead <= 0xF4 ? 3 : -1;
    }

    static boolean completes(byte[] bytes, int lead, int more) {
      for (int i = 1; i <= more; i++) {
        if ((bytes[lead + i] & 0xC0) != 0x80) {
          return false;
        }
      }
      int second = bytes[lead + 1] & 0xff;
      return switch (bytes[lead] & 0xff) {
        case 0xE0 -> second >= 0xA0;
        case 0xED -> second <= 0x9F;
        case 0xF0 -> second >= 0x90;
        case 0xF4 -> second <= 0x8F;
        default -> true;
      };
    }
  }
}
