package dev.reeve.collectors;

import dev.reeve.time.Ticker;
import java.time.Duration;

/// A clock that stands still.
public record StillClock(long nanos) implements Ticker {
  @Override
  public void sleep(Duration time) {
    throw new UnsupportedOperationException("a collector doesn't wait by itself");
  }
}
