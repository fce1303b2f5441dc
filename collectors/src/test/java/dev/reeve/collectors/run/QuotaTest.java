package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.time.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private final StepTicker world = new StepTicker();
  private final Quota quota = new Quota(new Quota.Limits(2, 10, 1_000, 2), world);

  @Test
  void oneUserHasOnlySoManyConnections() {
    assertTrue(quota.connect(1));
    assertTrue(quota.connect(1));
    assertFalse(quota.connect(1));
    assertTrue(quota.connect(2));
    quota.disconnect(1);
    assertTrue(quota.connect(1));
  }

  @Test
  void burstIsBoundedAndRefills() {
    for (int i = 0; i < 20; i++) {
      assertTrue(quota.line(1, 10));
    }
    assertFalse(quota.line(1, 10));
    assertTrue(quota.line(2, 10), "another user has his own");
    world.nanos += 1_000_000_000L;
    for (int i = 0; i < 10; i++) {
      assertTrue(quota.line(1, 10));
    }
    assertFalse(quota.line(1, 10));
  }

  @Test
  void bytesAreBoundedToo() {
    assertTrue(quota.line(1, 2_000));
    assertFalse(quota.line(1, 1));
  }

  static final class StepTicker implements Ticker {
    private long nanos = 1_000;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration time) {
      nanos += time.toNanos();
    }
  }
}
