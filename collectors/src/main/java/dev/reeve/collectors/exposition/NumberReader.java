package dev.reeve.collectors.exposition;

import java.nio.charset.StandardCharsets;

/// Reads one number from bytes, rounded as [Double#parseDouble] rounds it. Up to 19 digits with a
/// small exponent are read without allocating.
final class NumberReader {
  private static final long EXACT = 1L << 53;
  private static final long ZEROS = Bytes.ONES * '0';
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long[] LONG_TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private double value;

  /// What the last successful [#read] read.
  double value() {
    return value;
  }

  /// Reads the number that starts here. A line end must follow somewhere.
  ///
  /// @return the index just behind the number, or -1 if there is none
  int read(byte[] bytes, int at) {
    if (at + 32 <= bytes.length) {
      int end = readShort(bytes, at);
      if (end > 0) {
        return end;
      }
    }
    return readAny(bytes, at);
  }

  /// Plain digits, up to 15, or 7 at most on each side of a point, which a double holds exactly:
  /// what exporters print nearly always. Without branches on single digits, because their number is
  /// what a predictor can't learn.
  private int readShort(byte[] bytes, int at) {
    long word = Bytes.word(bytes, at) ^ ZEROS;
    long stops = notDigits(word);
    if (stops == 0) {
      return readLong(bytes, at, word);
    }
    int whole = Bytes.first(stops);
    if (whole == 0) {
      return -1;
    }
    long left = digits(word << (64 - 8 * whole));
    int stop = bytes[at + whole] & 0xff;
    if (stop != '.') {
      value = left;
      return stop <= ' ' ? at + whole : -1;
    }
    long more = Bytes.word(bytes, at + whole + 1) ^ ZEROS;
    long moreStops = notDigits(more);
    if (moreStops == 0) {
      return -1;
    }
    int places = Bytes.first(moreStops);
    long right = places == 0 ? 0 : digits(more << (64 - 8 * places));
    int end = at + whole + 1 + places;
    long all = left * LONG_TENS[places] + right;
    value = all / TENS[places];
    return (bytes[end] & 0xff) <= ' ' ? end : -1;
  }

  private int readLong(byte[] bytes, int at, long word) {
    long more = Bytes.word(bytes, at + 8) ^ ZEROS;
    long stops = notDigits(more);
    if (stops == 0) {
      return -1;
    }
    int count = Bytes.first(stops);
    long low = count == 0 ? 0 : digits(more << (64 - 8 * count));
    value = digits(word) * LONG_TENS[count] + low;
    return (bytes[at + 8 + count] & 0xff) <= ' ' ? at + 8 + count : -1;
  }

  /// The highest bit of each byte that is none of 0 to 9.
  private static long notDigits(long word) {
    return (((word & ~Bytes.HIGHS) + 0x7676767676767676L) | word) & Bytes.HIGHS;
  }

  /// Eight digits, the first one lowest, as one number.
  private static long digits(long word) {
    long pairs = (word * 10 + (word >>> 8)) & 0x00FF00FF00FF00FFL;
    long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
    return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
  }

  private int readAny(byte[] bytes, int at) {
    int end = at;
    while (bytes[end] > ' ' || bytes[end] < 0) {
      end++;
    }
    boolean negative = bytes[at] == '-';
    int start = negative || bytes[at] == '+' ? at + 1 : at;
    if (start == end) {
      return -1;
    }
    byte lead = bytes[start];
    if ((lead < '0' || lead > '9') && lead != '.') {
      return readWord(bytes, start, end, negative);
    }
    long digits = 0;
    int count = 0;
    int places = 0;
    boolean point = false;
    boolean any = false;
    int i = start;
    for (; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        any = true;
        digits = digits * 10 + digit;
        count += count == 0 && digits == 0 ? 0 : 1;
        places += point ? 1 : 0;
      } else if (bytes[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    int exponent = i == end ? 0 : exponent(bytes, i, end);
    if (!any || exponent == NO_EXPONENT) {
      return -1;
    }
    if (count <= 19 && finish(digits, exponent - places, negative)) {
      return end;
    }
    // Digits, one point and one exponent: nothing that the JDK reads differently.
    value = Double.parseDouble(new String(bytes, at, end - at, StandardCharsets.US_ASCII));
    return end;
  }

  private static final int NO_EXPONENT = Integer.MIN_VALUE;

  private static int exponent(byte[] bytes, int at, int end) {
    if ((bytes[at] | 0x20) != 'e') {
      return NO_EXPONENT;
    }
    int i = at + 1;
    boolean negative = i < end && bytes[i] == '-';
    if (negative || (i < end && bytes[i] == '+')) {
      i++;
    }
    if (i == end) {
      return NO_EXPONENT;
    }
    int exponent = 0;
    for (; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NO_EXPONENT;
      }
      exponent = Math.min(exponent * 10 + digit, 100_000);
    }
    return negative ? -exponent : exponent;
  }

  private boolean finish(long digits, int power, boolean negative) {
    double result;
    if (digits == 0) {
      result = 0;
    } else if (Long.compareUnsigned(digits, EXACT) <= 0 && power >= -22 && power <= 22) {
      result = power < 0 ? digits / TENS[-power] : digits * TENS[power];
    } else {
      result = Decimal.toDouble(digits, power);
      if (Double.isNaN(result)) {
        return false;
      }
    }
    value = negative ? -result : result;
    return true;
  }

  private int readWord(byte[] bytes, int start, int end, boolean negative) {
    if (isWord(bytes, start, end, "nan")) {
      value = Double.NaN;
    } else if (isWord(bytes, start, end, "inf") || isWord(bytes, start, end, "infinity")) {
      value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    } else {
      return -1;
    }
    return end;
  }

  private static boolean isWord(byte[] bytes, int start, int end, String word) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if ((bytes[i] | 0x20) != word.charAt(i - start)) {
        return false;
      }
    }
    return true;
  }
}
