package dev.reeve.guard;

import java.time.Duration;

/**
 * How much time may be asked for.
 *
 * @param times for one episode
 * @param longest evidence clock: each time
 */
public record Snoozing(int times, Duration longest) {
  /** Of an operator who wrote nothing. */
  public static final Snoozing DEFAULT = new Snoozing(3, Duration.ofHours(4));
}
