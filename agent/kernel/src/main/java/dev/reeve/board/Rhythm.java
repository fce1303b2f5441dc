package dev.reeve.board;

import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.Optional;

/**
 * When readings came, against when they were expected: coverage, gaps and staleness of any span.
 *
 * <p>A reading covers the time since the one before it, one interval at most; a quarter of an
 * interval of lateness is forgiven. So a reading that is missing leaves a hole, and two that come
 * at once fill none.
 */
final class Rhythm {
  static final double LEAST_COVERAGE = 0.9;
  static final int MOST_INTERVALS = 3;
  private static final double FORGIVEN = 1.25;

  private final Holes holes = new Holes();
  private boolean begun;
  private long newest;
  private long interval;
  private long gapFrom;
  private long gapTo;
  private long gapLimit;
  private boolean gapped;

  boolean begun() {
    return begun;
  }

  long newest() {
    return newest;
  }

  /**
   * A reading came; the caller has checked that it is newer than the one before.
   *
   * @param sinceNanos what was before is not needed any more
   */
  void beat(long at, long intervalNanos, long sinceNanos) {
    if (begun) {
      // what was announced before holds for the reading that was waited for
      long expected = Math.max(interval, intervalNanos);
      long gap = at - newest;
      if (gap > FORGIVEN * expected) {
        holes.add(newest + expected, at);
      }
      if (gap > MOST_INTERVALS * expected) {
        gapped = true;
        gapFrom = newest;
        gapTo = at;
        gapLimit = MOST_INTERVALS * expected;
      }
    }
    begun = true;
    newest = at;
    interval = intervalNanos;
    holes.forget(sinceNanos);
  }

  /** Forgets everything: what comes next is a first reading. */
  void restart() {
    begun = false;
    gapped = false;
    holes.clear();
  }

  /** Share of the span that readings cover, 0 to 1. */
  double coverage(long spanNanos, long now) {
    long start = now - spanNanos;
    long missing = holes.within(start);
    if (now - newest > FORGIVEN * interval) {
      missing += now - Math.max(newest + interval, start);
    }
    return Math.clamp(1 - (double) missing / spanNanos, 0, 1);
  }

  /**
   * Why nothing can be said of the span; empty where something can.
   *
   * @param oldest stamp of the oldest reading that is kept
   */
  Optional<Window.Unknown> whyNot(long spanNanos, long now, long oldest) {
    if (!begun) {
      return unknown(Reason.NEVER_SEEN, "no reading has come");
    }
    long start = now - spanNanos;
    if (now - newest > MOST_INTERVALS * interval) {
      return unknown(
          Reason.STALE,
          "the newest reading is %s old, at most %s are allowed"
              .formatted(Words.time(now - newest), Words.time(MOST_INTERVALS * interval)));
    }
    if (oldest > start) {
      return unknown(
          Reason.TOO_YOUNG,
          "readings reach back %s, %s are needed"
              .formatted(Words.time(now - oldest), Words.time(spanNanos)));
    }
    // an older gap ended before this one began, so it cannot matter where this one does not
    if (gapped && gapTo - Math.max(gapFrom, start) > gapLimit) {
      return unknown(
          Reason.GAP,
          "nothing came for %s until %s ago, at most %s are allowed"
              .formatted(
                  Words.time(gapTo - gapFrom), Words.time(now - gapTo), Words.time(gapLimit)));
    }
    double coverage = coverage(spanNanos, now);
    if (coverage < LEAST_COVERAGE || newest <= start) {
      return unknown(
          Reason.LOW_COVERAGE,
          newest <= start
              ? "no reading lies in the span"
              : "%s of the readings are there, %s are needed"
                  .formatted(Words.percent(coverage), Words.percent(LEAST_COVERAGE)));
    }
    return Optional.empty();
  }

  private static Optional<Window.Unknown> unknown(Reason reason, String detail) {
    return Optional.of(new Window.Unknown(reason, detail));
  }
}
