package dev.reeve.model;

import java.time.Duration;

/**
 * A signal over a span: a value that travels, with no instant of a local clock in it. It exists
 * only when enough was seen; else it says why not.
 */
public sealed interface Window {

  /**
   * At least 90 % of the expected samples are there, the newest is at most three intervals old, and
   * no gap is longer than three.
   *
   * @param last the newest sample; for counters the newest reading
   * @param increase counters: the rise over the span with resets taken out; else 0
   * @param coverage share of the expected samples that are there, 0.9 to 1
   * @param newestAge age of the newest sample when the window was taken
   */
  record Known(
      Duration span,
      double min,
      double max,
      double mean,
      double last,
      double increase,
      double coverage,
      Duration newestAge)
      implements Window {
    /** The statistic's value, in the signal's unit. */
    public double value(Statistic statistic) {
      return switch (statistic) {
        case MIN -> min;
        case MAX -> max;
        case MEAN -> mean;
        case INCREASE -> increase;
      };
    }
  }

  /**
   * A histogram: what was observed in the span, known on the same terms.
   *
   * @param added the observations of the span, from the last reading at or before its start
   */
  record Counted(Duration span, Buckets added, double coverage, Duration newestAge)
      implements Window {}

  /**
   * Not known: neither a comparison nor its negation holds.
   *
   * @param detail for people, such as "62 % of the samples are there, 90 % are needed"
   */
  record Unknown(Reason reason, String detail) implements Window {}

  /** Why a window is not known. */
  enum Reason {
    NEVER_SEEN,
    TOO_YOUNG,
    LOW_COVERAGE,
    STALE,
    GAP,
    FROZEN,
    MEMBER_MISSING,
    EXTENT_UNKNOWN,
    CHANGED_HANDS,
    CLAIM_UNSURE,
    DISAGREEMENT
  }
}
