package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.MINUTE;
import static dev.reeve.board.Readings.SECOND;
import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Statistic;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import org.junit.jupiter.api.Test;

final class CounterRingTest {
  private static final long INTERVAL = 15 * SECOND;
  private static final long SPAN = 10 * MINUTE;
  private static final int PER_SPAN = (int) (SPAN / INTERVAL);
  private static final double WATTS = 700;
  private static final double STEP = 100 * 15;

  private final CounterRing ring = new CounterRing(new Depth(SPAN, 1 << 15), () -> WATTS);
  private long now = BEGIN;
  private double energy = 5e8;

  private void run(int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(Ring.Taken.KEPT, read(energy + STEP));
    }
  }

  private Ring.Taken read(double value) {
    energy = value;
    return ring.take(now += INTERVAL, value, INTERVAL);
  }

  @Test
  void saysTheIncreaseFromTheLastReadingAtOrBeforeTheStart() {
    run(2 * PER_SPAN);
    Window.Known window = known(ring.window(SPAN, now));
    assertEquals(PER_SPAN * STEP, window.value(Statistic.INCREASE));
    assertEquals(energy, window.last());
    assertEquals((PER_SPAN + 1) * STEP, known(ring.window(SPAN, now - 1)).increase());
  }

  @Test
  void hasNoStatisticButTheIncrease() {
    run(2 * PER_SPAN);
    Window.Known window = known(ring.window(SPAN, now));
    assertEquals(Double.NaN, window.value(Statistic.MIN));
    assertEquals(Double.NaN, window.value(Statistic.MAX));
    assertEquals(Double.NaN, window.value(Statistic.MEAN));
  }

  @Test
  void startsAgainAtZeroAfterAReset() {
    run(2 * PER_SPAN);
    assertEquals(Ring.Taken.KEPT, read(400));
    run(1);
    assertEquals((PER_SPAN - 1) * STEP + 400, known(ring.window(SPAN, now)).increase());
  }

  @Test
  void dropsAReadingThatRoseFasterThanTheBoardCan() {
    run(2 * PER_SPAN);
    double good = energy;
    assertEquals(Ring.Taken.KEPT, read(good + WATTS * 15 * 1.09));
    good = energy;
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(good + WATTS * 15 * 1.11));
    assertEquals(Ring.Taken.KEPT, read(good + 2 * STEP));
    assertEquals(
        (PER_SPAN - 3) * STEP + WATTS * 15 * 1.09 + 2 * STEP,
        known(ring.window(SPAN, now)).increase(),
        1e-3);
  }

  @Test
  void dropsAFallThatCannotBeAReset() {
    run(2 * PER_SPAN);
    double good = energy;
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(good - 1));
    assertEquals(Ring.Taken.KEPT, read(good + STEP));
    known(ring.window(SPAN, now));
  }

  @Test
  void startsAnewWhenTheCounterHasJumped() {
    run(2 * PER_SPAN);
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(9e9));
    assertEquals(Ring.Taken.KEPT, read(9e9 + STEP));
    unknown(Reason.TOO_YOUNG, ring.window(SPAN, now));
    run(PER_SPAN);
    assertEquals(PER_SPAN * STEP, known(ring.window(SPAN, now)).increase());
  }

  @Test
  void doesNotBelieveAJumpThatTheNextReadingDoesNotFollow() {
    run(2 * PER_SPAN);
    double good = energy;
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(9e9));
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(7e9));
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(8e9));
    energy = good;
    assertEquals(Ring.Taken.KEPT, read(good + STEP));
    unknown(Reason.GAP, ring.window(SPAN, now));
  }

  @Test
  void aDoubtThatWasClearedDoesNotReturn() {
    run(2 * PER_SPAN);
    double good = energy;
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(9e9));
    assertEquals(Ring.Taken.KEPT, read(good + STEP));
    good = energy;
    assertEquals(Ring.Taken.IMPLAUSIBLE, read(9e9 + STEP));
    assertEquals(Ring.Taken.KEPT, read(good + STEP));
  }

  @Test
  void dropsWhatIsOlderOrOfTheSameInstant() {
    run(2 * PER_SPAN);
    assertEquals(Ring.Taken.DUPLICATE, ring.take(now, energy, INTERVAL));
    assertEquals(Ring.Taken.OUT_OF_ORDER, ring.take(now - 1, energy, INTERVAL));
  }

  @Test
  void isUnknownBeforeTheFirstReadingAndWhileItIsYoung() {
    unknown(Reason.NEVER_SEEN, ring.window(SPAN, now));
    run(PER_SPAN);
    unknown(Reason.TOO_YOUNG, ring.window(SPAN, now));
    unknown(Reason.STALE, ring.window(SPAN, now + 4 * INTERVAL));
  }

  @Test
  void keepsLongerWhenALongerSpanIsAskedFor() {
    run(3 * PER_SPAN);
    ring.keep(2 * SPAN);
    run(PER_SPAN);
    assertEquals(2 * PER_SPAN * STEP, known(ring.window(2 * SPAN, now)).increase());
  }
}
