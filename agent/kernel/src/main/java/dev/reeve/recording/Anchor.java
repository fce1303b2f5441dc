package dev.reeve.recording;

import dev.reeve.time.Clocks;
import java.time.Instant;

/**
 * Ties the evidence clock to dates: one instant of each, read together. Times in a recording are
 * the evidence clock's, so a wall clock that is set makes no gap and no fold in them.
 *
 * @param wallNanos since 1970
 */
record Anchor(long evidenceNanos, long wallNanos) {
  private static final long NANOS = 1_000_000_000L;

  static Anchor now(Clocks clocks) {
    Instant wall = clocks.wall().instant();
    return new Anchor(clocks.evidence().nanos(), wall.getEpochSecond() * NANOS + wall.getNano());
  }

  long wall(long evidence) {
    return wallNanos + (evidence - evidenceNanos);
  }
}
