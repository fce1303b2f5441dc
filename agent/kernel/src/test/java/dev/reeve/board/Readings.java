package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.model.Window;
import java.time.Duration;

/** Times and windows as tests write them. */
final class Readings {
  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;

  /** Readings start here and not at 0, so that no test passes because a field was never set. */
  static final long BEGIN = 1_000 * HOUR;

  private Readings() {}

  static Window.Known known(Window window) {
    return assertInstanceOf(Window.Known.class, window, window::toString);
  }

  static Window.Unknown unknown(Window.Reason reason, Window window) {
    Window.Unknown unknown = assertInstanceOf(Window.Unknown.class, window, window::toString);
    assertEquals(reason, unknown.reason(), window::toString);
    return unknown;
  }

  static Window.Known window(double min, double max, double mean) {
    return new Window.Known(Duration.ofMinutes(30), min, max, mean, mean, 0, 1, Duration.ZERO);
  }

  /** Equal, but for the last digits of what was added up in another order. */
  static void assertSame(Window expected, Window actual, String hint) {
    switch (expected) {
      case Window.Unknown unknown ->
          assertEquals(
              unknown.reason(),
              assertInstanceOf(Window.Unknown.class, actual, hint).reason(),
              hint + " " + actual);
      case Window.Counted _ -> throw new AssertionError("not a histogram's: " + expected);
      case Window.Known known -> {
        Window.Known other = assertInstanceOf(Window.Known.class, actual, hint + " " + actual);
        assertEquals(known.span(), other.span(), hint);
        close(known.min(), other.min(), hint);
        close(known.max(), other.max(), hint);
        close(known.mean(), other.mean(), hint);
        close(known.last(), other.last(), hint);
        close(known.increase(), other.increase(), hint);
        assertEquals(known.coverage(), other.coverage(), hint);
        assertEquals(known.newestAge(), other.newestAge(), hint);
      }
    }
  }

  private static void close(double expected, double actual, String hint) {
    if (Double.isNaN(expected)) {
      assertEquals(expected, actual, hint);
      return;
    }
    assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)), hint);
  }
}
