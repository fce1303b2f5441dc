package dev.reeve.decision;

import dev.reeve.journal.Journal.Segment;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long the journal keeps its segments. Time is evidence time that is known to have passed, so
 * that no jump of a clock and no long absence takes a record away.
 *
 * @param age what is older goes
 * @param bytes the oldest goes where all of them are larger
 */
public record Retention(Duration age, long bytes) {
  /**
   * No budget window, cooldown or throttle that can be configured is longer: what is younger is
   * kept whatever its age and size.
   */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(31);

  /** Everything. */
  public static final Retention ALL = new Retention(Duration.ofDays(36_500), Long.MAX_VALUE);

  /**
   * The first record that is kept from now on.
   *
   * @param segments what is kept now, the newest of which is about to be followed by another one
   */
  long keptFrom(DecisionState state, List<Segment> segments) {
    long needed = state.neededFrom();
    long total = segments.stream().mapToLong(Segment::bytes).sum();
    int oldest = 0;
    // the newest two stay: the one that begins now, and the one before it
    while (oldest < segments.size() - 1) {
      long next = segments.get(oldest + 1).firstSequence();
      if (next > needed || !mayGo(state.passedSince(next), total)) {
        break;
      }
      total -= segments.get(oldest).bytes();
      oldest++;
    }
    return segments.isEmpty() ? 1 : segments.get(oldest).firstSequence();
  }

  private boolean mayGo(OptionalLong sinceItsEnd, long total) {
    return sinceItsEnd.isPresent()
        && sinceItsEnd.getAsLong() >= LONGEST_WINDOW.toNanos()
        && (sinceItsEnd.getAsLong() >= age.toNanos() || total > bytes);
  }
}
