package dev.reeve.linux;

import java.time.Duration;

/** An instant of the monotonic clock up to which something may last. */
record Deadline(Libc libc, long endNanos) {
  private static final int CLOCK_MONOTONIC = 1;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static Deadline in(Libc libc, Duration atMost) {
    Duration bounded = atMost.compareTo(LONGEST) > 0 ? LONGEST : atMost;
    return new Deadline(libc, libc.nanos(CLOCK_MONOTONIC) + Math.max(0, bounded.toNanos()));
  }

  /** Rounded up, so that a wait of this length never ends early. */
  long leftMillis() {
    return (Math.max(0, endNanos - libc.nanos(CLOCK_MONOTONIC)) + 999_999) / 1_000_000;
  }
}
