package dev.reeve.board;

import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The windows of a ring, recomputed from all readings that were ever taken: slow and plain. */
final class NaiveRing {
  record Reading(long at, double value, long interval) {}

  private final boolean counter;
  private final List<Reading> readings = new ArrayList<>();

  NaiveRing(boolean counter) {
    this.counter = counter;
  }

  void take(long at, double value, long interval) {
    if (readings.isEmpty() || at > readings.getLast().at()) {
      readings.add(new Reading(at, value, interval));
    }
  }

  Window window(long span, long now) {
    if (readings.isEmpty()) {
      return new Window.Unknown(Reason.NEVER_SEEN, "");
    }
    long start = now - span;
    Reading newest = readings.getLast();
    if (now - newest.at() > 3 * newest.interval()) {
      return new Window.Unknown(Reason.STALE, "");
    }
    if (readings.getFirst().at() > start) {
      return new Window.Unknown(Reason.TOO_YOUNG, "");
    }
    long missing = 0;
    for (int i = 1; i < readings.size(); i++) {
      Reading before = readings.get(i - 1);
      Reading after = readings.get(i);
      long expected = Math.max(before.interval(), after.interval());
      if (after.at() - before.at() > 3 * expected
          && after.at() - Math.max(before.at(), start) > 3 * expected) {
        return new Window.Unknown(Reason.GAP, "");
      }
      if (after.at() - before.at() > 1.25 * expected) {
        missing += Math.max(0, after.at() - Math.max(before.at() + expected, start));
      }
    }
    if (now - newest.at() > 1.25 * newest.interval()) {
      missing += now - Math.max(newest.at() + newest.interval(), start);
    }
    double coverage = Math.clamp(1 - (double) missing / span, 0, 1);
    if (coverage < 0.9 || newest.at() <= start) {
      return new Window.Unknown(Reason.LOW_COVERAGE, "");
    }
    Duration length = Duration.ofNanos(span);
    Duration age = Duration.ofNanos(Math.max(0, now - newest.at()));
    if (counter) {
      double rise = rise(start);
      return new Window.Known(
          length, Double.NaN, Double.NaN, Double.NaN, newest.value(), rise, coverage, age);
    }
    double[] within =
        readings.stream().filter(r -> r.at() > start).mapToDouble(Reading::value).toArray();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double value : within) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    return new Window.Known(
        length, least, most, sum / within.length, newest.value(), 0, coverage, age);
  }

  private double rise(long start) {
    double rise = 0;
    for (int i = 1; i < readings.size(); i++) {
      if (readings.get(i).at() > start) {
        double before = readings.get(i - 1).value();
        double after = readings.get(i).value();
        rise += after < before ? after : after - before;
      }
    }
    return rise;
  }
}
