package dev.reeve.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. Sleeping moves it too. */
public final class FakeTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration time) {
    advance(time);
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
