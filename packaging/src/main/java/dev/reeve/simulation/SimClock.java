package dev.reeve.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * All time of a world: true time, which nobody sees; the boot clock, which counts from the newest
 * boot; and the wall clock, which may be set.
 */
final class SimClock {
  static final long MINUTE = 60_000_000_000L;

  /** Long before anything else, as on a machine that has run for a while. */
  private static final long UP = 3 * 3600 * 1_000_000_000L;

  private static final Instant BEGIN = Instant.parse("2026-03-28T21:00:00Z");

  private long nanos;
  private long bootedAt = -UP;
  private Duration wallOffset = Duration.ZERO;

  /** True nanoseconds since the world began. */
  long nanos() {
    return nanos;
  }

  /** The running minute of the world. */
  int minute() {
    return (int) (nanos / MINUTE);
  }

  void advanceTo(long instant) {
    nanos = Math.max(nanos, instant);
  }

  /** CLOCK_BOOTTIME. */
  long bootNanos() {
    return nanos - bootedAt;
  }

  Instant wall() {
    return BEGIN.plusNanos(nanos).plus(wallOffset);
  }

  /** Somebody sets the wall clock. */
  void shift(Duration by) {
    wallOffset = wallOffset.plus(by);
  }

  /** The boot clock begins anew. */
  void reboot() {
    bootedAt = nanos - 20_000_000_000L;
  }
}
