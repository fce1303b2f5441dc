package dev.reeve.board;

import dev.reeve.model.Spans;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them in the reasons of what is not known. */
final class Words {
  private static final long SECOND = 1_000_000_000L;

  private Words() {}

  /** Whole seconds from ten seconds up, else milliseconds. */
  static String time(long nanos) {
    long unit = Math.abs(nanos) >= 10 * SECOND ? SECOND : SECOND / 1_000;
    return Spans.text(Duration.ofNanos(nanos / unit * unit));
  }

  /** Rounded down, so that what is not enough never reads as enough. */
  static String percent(double share) {
    return (int) Math.floor(share * 100) + " %";
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
