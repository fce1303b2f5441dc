package dev.reeve.time;

import java.time.Duration;

/**
 * A clock that only goes forward, also while the machine is suspended. Differences of its readings
 * are ages; a reading means nothing across a boot.
 */
public interface Ticker {
  /** Nanoseconds since a fixed instant of this boot. */
  long nanos();

  /** Waits for a time of this clock. Throws {@link InterruptedException} when interrupted. */
  void sleep(Duration time) throws InterruptedException;

  /** How long ago a reading was taken. */
  default Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }
}
