package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.HOUR;
import static dev.reeve.board.Readings.MINUTE;
import static dev.reeve.board.Readings.SECOND;
import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class GaugeRingTest {
  private static final long INTERVAL = 15 * SECOND;
  private static final long SPAN = 10 * MINUTE;
  private static final int PER_SPAN = (int) (SPAN / INTERVAL);

  private final GaugeRing ring = new GaugeRing(new Depth(SPAN, 1 << 15));
  private long now = BEGIN;

  /** So many readings of 0.5, one an interval; those that the test does not want are missing. */
  private void run(int count, IntPredicate there) {
    for (int i = 0; i < count; i++) {
      now += INTERVAL;
      if (there.test(i)) {
        ring.take(now, 0.5, INTERVAL);
      }
    }
  }

  private void run(int count) {
    run(count, _ -> true);
  }

  @Test
  void isUnknownBeforeTheFirstReading() {
    unknown(Reason.NEVER_SEEN, ring.window(SPAN, now));
  }

  @Test
  void isTooYoungUntilTheSpanLiesWhollyAfterTheFirstReading() {
    run(PER_SPAN);
    Window.Unknown young = unknown(Reason.TOO_YOUNG, ring.window(SPAN, now));
    assertEquals("readings reach back 9m45s, 10m are needed", young.detail());
    run(1);
    assertEquals(1, known(ring.window(SPAN, now)).coverage());
    unknown(Reason.TOO_YOUNG, ring.window(SPAN + 1, now));
  }

  @Test
  void staysKnownUntilTheNewestReadingIsMoreThanThreeIntervalsOld() {
    run(2 * PER_SPAN);
    Window.Known last = known(ring.window(SPAN, now + 3 * INTERVAL));
    assertEquals(Duration.ofSeconds(45), last.newestAge());
    Window.Unknown stale = unknown(Reason.STALE, ring.window(SPAN, now + 3 * INTERVAL + 1));
    assertEquals("the newest reading is 45s old, at most 45s are allowed", stale.detail());
  }

  @Test
  void isKnownWithNineTenthsOfTheReadings() {
    run(PER_SPAN);
    run(PER_SPAN, i -> i % 10 != 5);
    assertEquals(0.9, known(ring.window(SPAN, now)).coverage(), 1e-12);
  }

  @Test
  void isUnknownWithLessThanNineTenthsOfTheReadings() {
    run(PER_SPAN);
    run(PER_SPAN, i -> i % 8 != 5);
    Window.Unknown low = unknown(Reason.LOW_COVERAGE, ring.window(SPAN, now));
    assertEquals("87 % of the readings are there, 90 % are needed", low.detail());
  }

  @Test
  void bearsAGapOfThreeIntervals() {
    run(PER_SPAN);
    run(PER_SPAN, i -> i != 10 && i != 11);
    known(ring.window(SPAN, now));
  }

  @Test
  void isUnknownWhileMoreOfALongerGapLiesInTheSpan() {
    run(PER_SPAN);
    run(PER_SPAN, i -> i < 10 || i > 12);
    Window.Unknown gap = unknown(Reason.GAP, ring.window(SPAN, now));
    assertEquals("nothing came for 1m until 6m30s ago, at most 45s are allowed", gap.detail());
    run(10);
    unknown(Reason.GAP, ring.window(SPAN, now));
    run(1);
    known(ring.window(SPAN, now));
  }

  @Test
  void takesASuspendOfTheMachineForAGap() {
    run(2 * PER_SPAN);
    now += 8 * HOUR;
    run(PER_SPAN - 3);
    unknown(Reason.GAP, ring.window(SPAN, now));
    run(1);
    known(ring.window(SPAN, now));
  }

  @Test
  void readingsThatComeAtOnceFillNoHole() {
    run(PER_SPAN);
    for (int i = 0; i < PER_SPAN / 2; i++) {
      now += 2 * INTERVAL;
      ring.take(now - 1, 0.5, INTERVAL);
      ring.take(now, 0.5, INTERVAL);
    }
    unknown(Reason.LOW_COVERAGE, ring.window(SPAN, now));
  }

  @Test
  void forgivesAQuarterOfAnIntervalOfLateness() {
    for (int i = 0; i < 3 * PER_SPAN; i++) {
      now += i % 2 == 0 ? 5 * INTERVAL / 4 : 3 * INTERVAL / 4;
      ring.take(now, 0.5, INTERVAL);
    }
    assertEquals(1, known(ring.window(SPAN, now)).coverage());
  }

  @Test
  void dropsWhatIsOlderThanTheNewestReading() {
    run(2 * PER_SPAN);
    assertEquals(Ring.Taken.OUT_OF_ORDER, ring.take(now - 1, 1, INTERVAL));
    assertEquals(0.5, known(ring.window(SPAN, now)).max());
  }

  @Test
  void dropsASecondReadingOfTheSameInstant() {
    run(2 * PER_SPAN);
    assertEquals(Ring.Taken.DUPLICATE, ring.take(now, 1, INTERVAL));
    assertEquals(0.5, known(ring.window(SPAN, now)).max());
  }

  @Test
  void countsTheReadingsAfterTheStartOfTheSpanUpToItsEnd() {
    ring.take(now, 9, INTERVAL);
    now += INTERVAL;
    ring.take(now, 7, INTERVAL);
    run(PER_SPAN - 1);
    ring.take(now += INTERVAL, 0.25, INTERVAL);
    Window.Known window = known(ring.window(SPAN, now));
    assertEquals(0.25, window.min());
    assertEquals(0.5, window.max());
    assertEquals((39 * 0.5 + 0.25) / 40, window.mean(), 1e-12);
    assertEquals(0.25, window.last());
    assertEquals(7, known(ring.window(SPAN, now - 1)).max());
  }

  @Test
  void aHugeReadingThatHasLeftTheSpanLeavesNoTraceInTheMean() {
    ring.take(now += INTERVAL, 1e300, INTERVAL);
    run(2 * PER_SPAN);
    assertEquals(0.5, known(ring.window(SPAN, now)).mean());
  }

  @Test
  void aSourceThatSlowsDownIsMeasuredAgainstWhatItAnnounced() {
    run(2 * PER_SPAN);
    for (int i = 0; i < 3; i++) {
      ring.take(now += 4 * INTERVAL, 0.5, 4 * INTERVAL);
      assertEquals(1, known(ring.window(SPAN, now)).coverage());
    }
    known(ring.window(SPAN, now + 5 * INTERVAL));
    unknown(Reason.STALE, ring.window(SPAN, now + 12 * INTERVAL + 1));
  }

  @Test
  void aSourceThatSpeedsUpMayAnswerOnceMoreAtItsOldPace() {
    for (int i = 0; i < 20; i++) {
      ring.take(now += 4 * INTERVAL, 0.5, 4 * INTERVAL);
    }
    ring.take(now += 4 * INTERVAL, 0.5, INTERVAL);
    known(ring.window(SPAN, now));
    unknown(Reason.STALE, ring.window(SPAN, now + 4 * INTERVAL));
  }

  @Test
  void keepsWhatCameFasterWhenASourceSlowsDown() {
    GaugeRing fast = new GaugeRing(new Depth(HOUR, 1 << 15));
    for (int i = 0; i < 2 * 3600; i++) {
      fast.take(now += SECOND, i, SECOND);
    }
    fast.take(now += 60 * SECOND, 0, 60 * SECOND);
    assertEquals(HOUR, known(fast.window(HOUR, now)).span().toNanos());
  }

  @Test
  void aSpanWithoutAReadingIsNotCovered() {
    run(2 * PER_SPAN);
    Window.Unknown none = unknown(Reason.LOW_COVERAGE, ring.window(SECOND, now + 2 * SECOND));
    assertEquals("no reading lies in the span", none.detail());
  }

  @Test
  void aReadingOfAnInstantAheadIsTheNewestAndNotOld() {
    run(2 * PER_SPAN);
    Window.Known window = known(ring.window(SPAN, now - INTERVAL));
    assertEquals(Duration.ZERO, window.newestAge());
    assertEquals(1, window.coverage());
  }

  @Test
  void keepsLongerWhenALongerSpanIsAskedFor() {
    run(3 * PER_SPAN);
    ring.keep(2 * SPAN);
    run(1);
    unknown(Reason.TOO_YOUNG, ring.window(2 * SPAN, now));
    known(ring.window(SPAN, now));
    run(PER_SPAN);
    known(ring.window(2 * SPAN, now));
  }

  @Test
  void isUnknownWhereTheSpanHoldsMoreReadingsThanMayBeKept() {
    GaugeRing small = new GaugeRing(new Depth(SPAN, 16));
    for (int i = 0; i < 4 * PER_SPAN; i++) {
      small.take(now += INTERVAL, 0.5, INTERVAL);
    }
    unknown(Reason.TOO_YOUNG, small.window(SPAN, now));
    known(small.window(15 * INTERVAL, now));
  }

  @Test
  void coversNoLessWhenReadingsComeMoreOften() {
    run(PER_SPAN);
    for (int i = 0; i < 2 * PER_SPAN; i++) {
      ring.take(now += INTERVAL / 2, 0.5, INTERVAL);
    }
    assertTrue(known(ring.window(SPAN, now)).coverage() >= 0.99);
  }
}
