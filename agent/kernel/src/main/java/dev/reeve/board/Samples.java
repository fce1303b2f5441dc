package dev.reeve.board;

import java.util.Arrays;

/**
 * Stamped readings in order, with the smallest, largest and sum of each whole block beside them.
 * Adding one is O(1); a span of {@code n} is summed up in {@code n / 16 + 32} steps. Nothing is
 * ever subtracted, so a reading that has left the span leaves no trace in a mean.
 */
final class Samples {
  private static final int BLOCK = 16;
  private static final int BLOCK_SHIFT = 4;

  private long[] at = new long[BLOCK];
  private double[] values = new double[BLOCK];
  private double[] least = new double[1];
  private double[] most = new double[1];
  private double[] sums = new double[1];
  private long head;
  private long tail;

  /** Readings of a stretch, summed up. */
  record Sum(int count, double least, double most, double total) {}

  boolean isEmpty() {
    return head == tail;
  }

  int size() {
    return (int) (tail - head);
  }

  long oldest() {
    return at[slot(head)];
  }

  double newestValue() {
    return values[slot(tail - 1)];
  }

  void clear() {
    head = tail;
  }

  /**
   * @param keepSinceNanos the newest reading up to then and all later ones are kept
   * @param room at most so many are kept, a power of two and at least 16
   */
  void add(long atNanos, double value, long keepSinceNanos, int room) {
    while (tail - head > 1 && at[slot(head + 1)] <= keepSinceNanos) {
      head++;
    }
    while (tail - head >= room) {
      head++;
    }
    if (tail - head == at.length) {
      grow();
    }
    int slot = slot(tail);
    at[slot] = atNanos;
    values[slot] = value;
    tail++;
    if ((tail & (BLOCK - 1)) == 0) {
      sumUp((tail >> BLOCK_SHIFT) - 1);
    }
  }

  /** The readings after an instant. */
  Sum since(long nanos) {
    long from = firstAfter(nanos);
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double total = 0;
    long next = from;
    while (next < tail) {
      if ((next & (BLOCK - 1)) == 0 && next + BLOCK <= tail) {
        int block = block(next >> BLOCK_SHIFT);
        smallest = Math.min(smallest, least[block]);
        largest = Math.max(largest, most[block]);
        total += sums[block];
        next += BLOCK;
      } else {
        double value = values[slot(next)];
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
        total += value;
        next++;
      }
    }
    return new Sum((int) (tail - from), smallest, largest, total);
  }

  /** The value that was in force at an instant; the oldest one where that came later. */
  double valueAt(long nanos) {
    return values[slot(Math.max(head, firstAfter(nanos) - 1))];
  }

  private long firstAfter(long nanos) {
    long low = head;
    long high = tail;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at[slot(middle)] > nanos) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void sumUp(long number) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double total = 0;
    int first = slot(number << BLOCK_SHIFT);
    for (int slot = first; slot < first + BLOCK; slot++) {
      smallest = Math.min(smallest, values[slot]);
      largest = Math.max(largest, values[slot]);
      total += values[slot];
    }
    int block = block(number);
    least[block] = smallest;
    most[block] = largest;
    sums[block] = total;
  }

  private void grow() {
    int old = at.length;
    int capacity = old * 2;
    long[] movedAt = new long[capacity];
    double[] movedValues = new double[capacity];
    for (long number = head; number < tail; number++) {
      movedAt[(int) number & (capacity - 1)] = at[(int) number & (old - 1)];
      movedValues[(int) number & (capacity - 1)] = values[(int) number & (old - 1)];
    }
    at = movedAt;
    values = movedValues;
    least = new double[capacity >> BLOCK_SHIFT];
    most = Arrays.copyOf(least, least.length);
    sums = Arrays.copyOf(least, least.length);
    for (long number = (head + BLOCK - 1) >> BLOCK_SHIFT; number < tail >> BLOCK_SHIFT; number++) {
      sumUp(number);
    }
  }

  private int slot(long number) {
    return (int) number & (at.length - 1);
  }

  private int block(long number) {
    return (int) number & (least.length - 1);
  }
}
