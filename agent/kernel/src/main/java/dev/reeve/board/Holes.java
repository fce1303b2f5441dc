package dev.reeve.board;

import java.util.Arrays;

/**
 * Times that no reading covers, in order. Empty for a source that keeps its rhythm; the times up to
 * each are added up as they come, so that any span is read by one search.
 */
final class Holes {
  private static final int FIRST_CAPACITY = 8;
  private static final long[] NONE = {};

  private long[] from = NONE;
  private long[] to = NONE;
  private long[] before = NONE;
  private int head;
  private int tail;

  void add(long fromNanos, long toNanos) {
    if (tail == from.length) {
      makeRoom();
    }
    before[tail] = tail > head ? before[tail - 1] + length(tail - 1) : 0;
    from[tail] = fromNanos;
    to[tail] = toNanos;
    tail++;
  }

  /** Forgets what ended by then. */
  void forget(long untilNanos) {
    while (head < tail && to[head] <= untilNanos) {
      head++;
    }
    if (head == tail) {
      clear();
    }
  }

  void clear() {
    head = 0;
    tail = 0;
  }

  /** How much of the time since then they make up. */
  long within(long sinceNanos) {
    int first = firstEndingAfter(sinceNanos);
    if (first == tail) {
      return 0;
    }
    long whole = before[tail - 1] + length(tail - 1) - before[first];
    return whole - Math.max(0, sinceNanos - from[first]);
  }

  private int firstEndingAfter(long nanos) {
    int low = head;
    int high = tail;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (to[middle] > nanos) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long length(int at) {
    return to[at] - from[at];
  }

  private void makeRoom() {
    int size = tail - head;
    int capacity =
        size * 2 >= from.length ? Math.max(FIRST_CAPACITY, from.length * 2) : from.length;
    from = moved(from, capacity);
    to = moved(to, capacity);
    before = moved(before, capacity);
    head = 0;
    tail = size;
  }

  private long[] moved(long[] array, int capacity) {
    return Arrays.copyOf(Arrays.copyOfRange(array, head, tail), capacity);
  }
}
