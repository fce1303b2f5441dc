package dev.reeve.board;

import dev.reeve.model.Buckets;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Readings of a histogram. A span's observations count from the last reading at or before its
 * start. Nobody knows what was observed around a restart, so there everything starts anew: each
 * span is unknown until it lies whole behind it.
 */
final class HistogramRing {
  private static final int FIRST_CAPACITY = 16;
  private static final double[] NO_COUNTS = {};

  private final Rhythm rhythm = new Rhythm();
  private final Depth depth;
  private List<Double> bounds = List.of();
  private long[] at = new long[FIRST_CAPACITY];
  private double[][] counts = new double[FIRST_CAPACITY][];
  private long head;
  private long tail;
  private String anew = "";

  HistogramRing(Depth depth) {
    this.depth = depth;
    Arrays.fill(counts, NO_COUNTS);
  }

  /** Takes a reading that is newer than all before it; anything else is dropped. */
  Ring.Taken take(long atNanos, Buckets read, long intervalNanos) {
    if (rhythm.begun() && atNanos <= rhythm.newest()) {
      return atNanos == rhythm.newest() ? Ring.Taken.DUPLICATE : Ring.Taken.OUT_OF_ORDER;
    }
    Optional<String> flaw = read.flaw();
    if (flaw.isPresent()) {
      restart(flaw.get());
      return Ring.Taken.KEPT;
    }
    if (rhythm.begun()) {
      if (!bounds.equals(read.bounds())) {
        restart("its buckets changed");
      } else if (fell(read.counts())) {
        restart("a bucket fell: its process began anew");
      }
    }
    bounds = read.bounds();
    add(atNanos, read.counts(), intervalNanos);
    return Ring.Taken.KEPT;
  }

  /** What was added must itself be a histogram, or the counts do not follow from those before. */
  private boolean fell(List<Double> now) {
    double[] before = counts[slot(tail - 1)];
    double below = 0;
    for (int i = 0; i < before.length; i++) {
      double added = now.get(i) - before[i];
      if (added < below) {
        return true;
      }
      below = added;
    }
    return false;
  }

  private void restart(String why) {
    rhythm.restart();
    anew = why;
    Arrays.fill(counts, NO_COUNTS);
    head = tail;
  }

  private void add(long atNanos, List<Double> now, long intervalNanos) {
    long since = depth.since(atNanos, intervalNanos);
    int room = depth.room(intervalNanos);
    while (tail - head > 1 && at[slot(head + 1)] <= since) {
      counts[slot(head++)] = NO_COUNTS;
    }
    while (tail - head >= room) {
      counts[slot(head++)] = NO_COUNTS;
    }
    if (tail - head == at.length) {
      grow();
    }
    at[slot(tail)] = atNanos;
    counts[slot(tail)] = now.stream().mapToDouble(Double::doubleValue).toArray();
    tail++;
    rhythm.beat(atNanos, intervalNanos, since);
  }

  private void grow() {
    int capacity = at.length * 2;
    long[] movedAt = new long[capacity];
    double[][] movedCounts = new double[capacity][];
    Arrays.fill(movedCounts, NO_COUNTS);
    for (long number = head; number < tail; number++) {
      movedAt[(int) number & (capacity - 1)] = at[slot(number)];
      movedCounts[(int) number & (capacity - 1)] = counts[slot(number)];
    }
    at = movedAt;
    counts = movedCounts;
  }

  /** What was observed in the span that ends now. */
  Window window(long spanNanos, long nowNanos) {
    if (!rhythm.begun() && !anew.isEmpty()) {
      return new Window.Unknown(Reason.NEVER_SEEN, "its histogram cannot be read: " + anew);
    }
    long oldest = head == tail ? 0 : at[slot(head)];
    Optional<Window.Unknown> whyNot = rhythm.whyNot(spanNanos, nowNanos, oldest);
    if (whyNot.isPresent()) {
      Window.Unknown it = whyNot.get();
      return it.reason() == Reason.TOO_YOUNG && !anew.isEmpty()
          ? new Window.Unknown(it.reason(), it.detail() + "; before that, " + anew)
          : it;
    }
    double[] first = counts[slot(atOrBefore(nowNanos - spanNanos))];
    double[] last = counts[slot(tail - 1)];
    List<Double> added = new ArrayList<>(last.length);
    for (int i = 0; i < last.length; i++) {
      added.add(last[i] - first[i]);
    }
    return new Window.Counted(
        Duration.ofNanos(spanNanos),
        new Buckets(bounds, added),
        rhythm.coverage(spanNanos, nowNanos),
        Duration.ofNanos(Math.max(0, nowNanos - rhythm.newest())));
  }

  private long atOrBefore(long nanos) {
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
    return Math.max(head, low - 1);
  }

  void keep(long spanNanos) {
    depth.keep(spanNanos);
  }

  private int slot(long number) {
    return (int) number & (at.length - 1);
  }
}
