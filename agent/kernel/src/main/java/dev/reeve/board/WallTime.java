package dev.reeve.board;

import dev.reeve.model.TimesOfWeek;
import java.time.Duration;
import java.time.Instant;

/**
 * What people's clocks show.
 *
 * @param steady for how long they have gone on without being set: what was before may be of another
 *     time of the week than they say
 */
public record WallTime(Instant now, Duration steady) {
  /** Of a clock that nobody sets. */
  public static WallTime of(Instant now) {
    return new WallTime(now, TimesOfWeek.MOST);
  }
}
