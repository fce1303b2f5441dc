package dev.reeve.time;

import dev.reeve.linux.BootClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class DutyWakeTest {
  private final AtomicInteger runs = new AtomicInteger();
  private final BootTicker ticker = new BootTicker(BootClock::nanos);

  private void awaitRuns(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> runs.get() >= count);
  }

  @Test
  void oneThatSleepsRunsAtOnceAndGoesOnInItsRhythm() {
    try (Duty duty = new Duty("d", Duration.ofHours(1), ticker, runs::incrementAndGet).start()) {
      awaitRuns(1);
      for (int i = 2; i < 20; i++) {
        duty.wake();
        awaitRuns(i);
      }
    }
  }

  @Test
  void oneThatWorksRunsOnceMoreAndIsNotDisturbed() {
    CountDownLatch go = new CountDownLatch(1);
    Duty duty =
        new Duty(
            "d",
            Duration.ofHours(1),
            ticker,
            () -> {
              runs.incrementAndGet();
              go.await();
            });
    try (duty) {
      duty.start();
      awaitRuns(1);
      duty.wake();
      duty.wake();
      go.countDown();
      awaitRuns(2);
    }
  }
}
