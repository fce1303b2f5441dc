package dev.reeve.collectors.exposition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Seconds since 1970 with a fraction, as nanoseconds: no digit is lost to a floating point number.
final class Timestamps {
  private static final long NANOS = 1_000_000_000L;

  /// Seconds that nanoseconds of 64 bits can hold.
  private static final long MOST_SECONDS = Long.MAX_VALUE / NANOS - 1;

  private long nanos;

  /// What the last successful [#read] read.
  long nanos() {
    return nanos;
  }

  /// Reads the timestamp between two places.
  ///
  /// @return false if there stands something else
  boolean read(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    at += negative ? 1 : 0;
    long seconds = 0;
    int digits = 0;
    while (at < to && isDigit(bytes[at]) && digits < 12) {
      seconds = seconds * 10 + bytes[at++] - '0';
      digits++;
    }
    long fraction = 0;
    long unit = NANOS;
    if (digits > 0 && at < to && bytes[at] == '.') {
      at++;
      while (at < to && isDigit(bytes[at])) {
        unit /= 10;
        fraction += unit * (bytes[at++] - '0');
      }
    }
    if (at < to || digits == 0) {
      return readAny(bytes, from, to);
    }
    if (seconds > MOST_SECONDS) {
      return false;
    }
    long all = seconds * NANOS + fraction;
    nanos = negative ? -all : all;
    return true;
  }

  /// With an exponent or a sign, or not at all.
  private boolean readAny(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    if (text.length() > 40 || !text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
      return false;
    }
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (Math.abs((long) seconds.precision() - seconds.scale()) > 20
          || seconds.abs().compareTo(BigDecimal.valueOf(MOST_SECONDS)) > 0) {
        return false;
      }
      nanos = seconds.movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
      return true;
    } catch (NumberFormatException | ArithmeticException _) {
      return false;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
