package dev.reeve.replay;

import dev.reeve.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that recorded time moves: nanoseconds since 1970. Whoever sleeps moves it too. */
final class ReplayTicker implements Ticker, InstantSource {
  private long nanos;

  ReplayTicker(long nanos) {
    this.nanos = nanos;
  }

  /** Goes forward; an instant that is past changes nothing. */
  void advanceTo(long instant) {
    nanos = Math.max(nanos, instant);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public void sleep(Duration time) {
    nanos += time.toNanos();
  }
}
