package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.SECOND;
import static dev.reeve.board.Readings.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Window;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rings against a plain recomputation over all readings, for random streams. */
final class RingPropertyTest {
  private static final int STREAMS = 400;
  private static final int READINGS = 400;
  private static final long[] INTERVALS = {SECOND, 5 * SECOND, 15 * SECOND, 60 * SECOND};

  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void gaugesSayWhatAPlainRecomputationSays() {
    for (long seed = 1; seed <= STREAMS; seed++) {
      stream(seed, new GaugeRing(depth(seed)), new NaiveRing(false), new Random(seed * 31));
    }
    allCasesOccurred();
  }

  @Test
  void countersSayWhatAPlainRecomputationSays() {
    for (long seed = 1; seed <= STREAMS; seed++) {
      Ring ring = new CounterRing(depth(seed), () -> Double.POSITIVE_INFINITY);
      stream(seed, ring, new NaiveRing(true), new Random(seed * 37));
    }
    allCasesOccurred();
  }

  private static long span(long seed) {
    return (1 + seed % 7) * 100 * SECOND + seed % 3;
  }

  private static Depth depth(long seed) {
    return new Depth(span(seed), 1 << 20);
  }

  private void stream(long seed, Ring ring, NaiveRing naive, Random random) {
    boolean counter = ring instanceof CounterRing;
    long longest = span(seed);
    long interval = INTERVALS[random.nextInt(INTERVALS.length)];
    double trouble = random.nextInt(4) * 0.03;
    long at = BEGIN;
    double total = 1_000;
    for (int i = 0; i < READINGS; i++) {
      if (random.nextDouble() < 0.01) {
        interval = INTERVALS[random.nextInt(INTERVALS.length)];
      }
      at += step(random, interval, trouble);
      total = random.nextDouble() < 0.01 ? random.nextInt(9) : total + random.nextInt(1_000);
      double value = counter ? total : gauge(random);
      take(ring, naive, new NaiveRing.Reading(at, value, interval));
      if (random.nextDouble() < trouble) {
        long stray = at - random.nextInt(3) * interval;
        take(ring, naive, new NaiveRing.Reading(stray, gauge(random), interval));
      }
      long now = at + (long) (random.nextDouble() * random.nextDouble() * 4 * interval);
      long span = random.nextBoolean() ? longest : 1 + (long) (random.nextDouble() * longest);
      Window expected = naive.window(span, now);
      seen.merge(kind(expected), 1, Integer::sum);
      assertSame(expected, ring.window(span, now), "seed " + seed + ", reading " + i);
    }
  }

  private static void take(Ring ring, NaiveRing naive, NaiveRing.Reading reading) {
    ring.take(reading.at(), reading.value(), reading.interval());
    naive.take(reading.at(), reading.value(), reading.interval());
  }

  private static long step(Random random, long interval, double trouble) {
    if (random.nextDouble() < trouble) {
      return interval * (2 + random.nextInt(4)) - random.nextInt(3);
    }
    return interval + (long) ((random.nextDouble() - 0.5) * 0.4 * interval);
  }

  private static double gauge(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> random.nextDouble();
      case 2 -> -random.nextDouble();
      default -> 0;
    };
  }

  private static String kind(Window window) {
    return window instanceof Window.Unknown unknown ? unknown.reason().name() : "KNOWN";
  }

  /** A generator that never reaches a case proves nothing about it. */
  private void allCasesOccurred() {
    Map<Window.Reason, String> expected = new EnumMap<>(Window.Reason.class);
    expected.put(Window.Reason.TOO_YOUNG, "");
    expected.put(Window.Reason.STALE, "");
    expected.put(Window.Reason.GAP, "");
    expected.put(Window.Reason.LOW_COVERAGE, "");
    for (Window.Reason reason : expected.keySet()) {
      assertTrue(seen.getOrDefault(reason.name(), 0) > 1_000, seen::toString);
    }
    assertTrue(seen.getOrDefault("KNOWN", 0) > 10_000, seen::toString);
  }
}
