package dev.reeve.collectors.history;

import java.util.Arrays;

/// Samples in memory, up to a number, that can be put in the order of their times.
final class SampleBlock {
  /// What its index of a sample takes of a sorting key.
  private static final int INDEX_BITS = 20;

  static final int MOST = 1 << INDEX_BITS;

  private long[] millis = new long[1 << 12];
  private int[] series = new int[1 << 12];
  private double[] values = new double[1 << 12];
  private long[] order = new long[0];
  private int size;

  boolean full() {
    return size == MOST;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(long atMillis, int ofSeries, double value) {
    if (size == millis.length) {
      int capacity = Math.min(MOST, 2 * size);
      millis = Arrays.copyOf(millis, capacity);
      series = Arrays.copyOf(series, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    millis[size] = atMillis;
    series[size] = ofSeries;
    values[size] = value;
    size++;
  }

  /// By time; samples of one time in the order in which they were added.
  void sort() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, millis[i]);
    }
    order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = (millis[i] - least) << INDEX_BITS | i;
    }
    Arrays.sort(order);
  }

  private int at(int place) {
    return (int) order[place] & (MOST - 1);
  }

  long millis(int place) {
    return millis[at(place)];
  }

  int series(int place) {
    return series[at(place)];
  }

  double value(int place) {
    return values[at(place)];
  }
}
