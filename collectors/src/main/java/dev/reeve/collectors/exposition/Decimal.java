package dev.reeve.collectors.exposition;

import java.math.BigInteger;

/// Digits times a power of ten, correctly rounded, after D. Lemire, Number Parsing at a Gigabyte
/// per Second (2021), for the exponents that monitoring data has.
final class Decimal {
  private static final int SMALLEST = -60;
  private static final int LARGEST = 60;

  /// The first 128 bits of each power of five; those of negative powers rounded up.
  private static final long[] HIGH = new long[LARGEST - SMALLEST + 1];

  private static final long[] LOW = new long[LARGEST - SMALLEST + 1];

  static {
    for (int power = SMALLEST; power <= LARGEST; power++) {
      BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
      BigInteger bits;
      if (power >= 0) {
        int shift = 128 - five.bitLength();
        bits = shift >= 0 ? five.shiftLeft(shift) : five.shiftRight(-shift);
      } else {
        int more = power >= -27 ? 127 : 128 + five.bitLength();
        bits = BigInteger.ONE.shiftLeft(five.bitLength() + more).divide(five).add(BigInteger.ONE);
        bits = bits.shiftRight(bits.bitLength() - 128);
      }
      HIGH[power - SMALLEST] = bits.shiftRight(64).longValue();
      LOW[power - SMALLEST] = bits.longValue();
    }
  }

  private Decimal() {}

  /// @param digits not zero, unsigned
  /// @return NaN if this can't say
  static double toDouble(long digits, int power) {
    if (power < SMALLEST || power > LARGEST) {
      return Double.NaN;
    }
    int shift = Long.numberOfLeadingZeros(digits);
    long normal = digits << shift;
    long factor = HIGH[power - SMALLEST];
    long high = Math.unsignedMultiplyHigh(normal, factor);
    long low = normal * factor;
    if ((high & 0x1FF) == 0x1FF) {
      long carried = low + Math.unsignedMultiplyHigh(normal, LOW[power - SMALLEST]);
      if (Long.compareUnsigned(carried, low) < 0) {
        high++;
      }
      low = carried;
    }
    if (low == -1L && (power < -27 || power > 55)) {
      return Double.NaN;
    }
    int upper = (int) (high >>> 63);
    long mantissa = high >>> (upper + 9);
    boolean halfway =
        (low == 0 || low == 1)
            && power >= -4
            && power <= 23
            && (mantissa & 3) == 1
            && mantissa << (upper + 9) == high;
    if (halfway) {
      mantissa &= ~1L;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    int exponent = ((217706 * power) >> 16) + 1023 + 63 + upper - shift;
    if (mantissa >= 1L << 53) {
      mantissa = 1L << 52;
      exponent++;
    }
    return Double.longBitsToDouble((long) exponent << 52 | (mantissa & ~(1L << 52)));
  }
}
