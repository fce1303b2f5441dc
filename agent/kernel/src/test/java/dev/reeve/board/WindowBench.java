package dev.reeve.board;

import java.util.Arrays;
import java.util.Locale;

/**
 * Times windows: an update in nanoseconds a sample, a window in nanoseconds, and the bytes that a
 * series keeps. Arguments: how many series, readings a span, updates to time.
 */
public final class WindowBench {
  private static final long INTERVAL = 15 * Readings.SECOND;
  private static final int ROUNDS = 5;

  private final Ring[] rings;
  private final long span;
  private long now = Readings.BEGIN;
  private double sink;

  private WindowBench(int series, int readings) {
    span = readings * INTERVAL;
    rings = new Ring[series];
    for (int i = 0; i < series; i++) {
      rings[i] = new GaugeRing(new Depth(span, 1 << 15));
    }
  }

  /** {@code WindowBench SERIES READINGS UPDATES}. */
  public static void main(String[] args) {
    int series = Integer.parseInt(args[0]);
    int readings = Integer.parseInt(args[1]);
    long updates = Long.parseLong(args[2]);
    bytes(readings);
    long bytes = bytes(readings);
    WindowBench bench = filled(series, readings);
    int sweeps = (int) Math.max(1, updates / series);
    double[] update = new double[ROUNDS];
    double[] window = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < sweeps; i++) {
        bench.sweep();
      }
      update[round] = (double) (System.nanoTime() - start) / sweeps / series;
      window[round] = bench.windows(Math.max(1, sweeps / 10)) / series;
    }
    Arrays.sort(update);
    Arrays.sort(window);
    System.out.printf(
        Locale.ROOT,
        "series=%d readings=%d update_ns_best=%.1f update_ns_median=%.1f window_ns_best=%.0f"
            + " window_ns_median=%.0f bytes_per_series=%d%n",
        series,
        readings,
        update[0],
        update[ROUNDS / 2],
        window[0],
        window[ROUNDS / 2],
        bytes);
    if (Double.isNaN(bench.sink)) {
      throw new IllegalStateException("a window is not a number");
    }
  }

  private static WindowBench filled(int series, int readings) {
    WindowBench bench = new WindowBench(series, readings);
    for (int i = 0; i < readings + 2; i++) {
      bench.sweep();
    }
    return bench;
  }

  /** Measured on a number of series that drowns everything else in the heap. */
  private static long bytes(int readings) {
    int number = 20_000;
    long before = used();
    WindowBench more = filled(number, readings);
    long bytes = (used() - before) / number;
    more.sweep();
    return bytes;
  }

  /** One reading of every series, in their order, as a scrape brings them. */
  private void sweep() {
    now += INTERVAL;
    double value = (now / INTERVAL % 97) / 97.0;
    for (Ring ring : rings) {
      ring.take(now, value, INTERVAL);
    }
  }

  private double windows(int sweeps) {
    long start = System.nanoTime();
    for (int i = 0; i < sweeps; i++) {
      for (Ring ring : rings) {
        sink += Readings.known(ring.window(span, now)).max();
      }
    }
    return (double) (System.nanoTime() - start) / sweeps;
  }

  private static long used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
