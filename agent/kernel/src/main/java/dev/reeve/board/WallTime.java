package dev.reeve.board;

import dev.reeve.model.TimesOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What people's clocks show.
 *
 * @param steady for how long they have gone on without being set: what was before may be of another
 *     time of the week than they say
 * @param others what they would show if they had not been set lately: which is right is not known
 */
public record WallTime(Instant now, Duration steady, List<Instant> others) {
  public WallTime {
    others = List.copyOf(others);
  }

  /** Of a clock that nobody sets. */
  public static WallTime of(Instant now) {
    return new WallTime(now, TimesOfWeek.MOST, List.of());
  }
}
