package dev.reeve.model;

import java.time.Duration;

/** Durations as operators write them: {@code 90s}, {@code 30m}, {@code 1h30m}. */
public final class Spans {
  private Spans() {}

  /** The shortest exact form. */
  public static String text(Duration span) {
    if (span.isZero()) {
      return "0s";
    }
    StringBuilder out = new StringBuilder(span.isNegative() ? "-" : "");
    Duration left = span.abs();
    append(out, left.toDays(), "d");
    append(out, left.toHoursPart(), "h");
    append(out, left.toMinutesPart(), "m");
    append(out, left.toSecondsPart(), "s");
    append(out, left.toMillisPart(), "ms");
    return out.isEmpty() ? left.toNanos() + "ns" : out.toString();
  }

  private static void append(StringBuilder out, long amount, String unit) {
    if (amount > 0) {
      out.append(amount).append(unit);
    }
  }
}
