package dev.reeve.time;

import java.time.Duration;

/**
 * Another clock, sped up from the instant of boot: a pure function of it, so that readings keep
 * their meaning when the daemon is restarted.
 */
record FasterTicker(Ticker base, double speed) implements Ticker {
  FasterTicker {
    if (!(speed >= 1 && speed <= 1_000)) {
      throw new IllegalArgumentException(
          "a clock runs at 1 to 1000 times the world's, not " + speed);
    }
  }

  @Override
  public long nanos() {
    return (long) (base.nanos() * speed);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    base.sleep(Duration.ofNanos((long) (time.toNanos() / speed)));
  }
}
