package dev.reeve.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The clock of this boot.
 *
 * @param readNanos reads CLOCK_BOOTTIME, which counts the time of a suspend
 */
public record BootTicker(LongSupplier readNanos) implements Ticker {
  @Override
  public long nanos() {
    return readNanos.getAsLong();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
