package dev.reeve.model;

import java.util.List;
import java.util.Optional;

/**
 * A histogram: how many observations were at most each bound. Either all since its process began,
 * as a reading shows them, or those of a span.
 *
 * @param bounds upper bounds in the signal's unit, ascending
 * @param counts cumulative, one for each bound
 */
public record Buckets(List<Double> bounds, List<Double> counts) {
  public Buckets {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (bounds.isEmpty() || bounds.size() != counts.size()) {
      throw new IllegalArgumentException("a histogram has one count for each of its bounds");
    }
    for (int i = 0; i < bounds.size(); i++) {
      if (Double.isNaN(bounds.get(i)) || (i > 0 && bounds.get(i) <= bounds.get(i - 1))) {
        throw new IllegalArgumentException("the bounds of a histogram ascend, not " + bounds);
      }
      if (!Double.isFinite(counts.get(i)) || counts.get(i) < 0) {
        throw new IllegalArgumentException("a count is finite and not negative, not " + counts);
      }
    }
  }

  /** Why nothing can be read from it; empty where something can. */
  public Optional<String> flaw() {
    if (bounds.getLast() != Double.POSITIVE_INFINITY) {
      return Optional.of("the bucket +Inf is missing");
    }
    for (int i = 1; i < counts.size(); i++) {
      if (counts.get(i) < counts.get(i - 1)) {
        return Optional.of("a bucket holds fewer observations than the one below it");
      }
    }
    return Optional.empty();
  }

  public double observations() {
    return counts.getLast();
  }

  /**
   * An end of the bucket that holds the quantile: infinite where that is {@code +Inf}, and NaN
   * where the first bucket has no lower end. What is measured is never below zero.
   */
  public double quantile(Quantile quantile, Bound bound) {
    double rank = quantile.rank(observations());
    int at = 0;
    while (at < counts.size() - 1 && counts.get(at) < rank) {
      at++;
    }
    if (bound == Bound.UPPER) {
      return bounds.get(at);
    }
    if (at > 0) {
      return Math.max(0, bounds.get(at - 1));
    }
    return bounds.getFirst() > 0 ? 0 : Double.NaN;
  }

  /** Why it does not tell a quantile; empty where it does. */
  public Optional<String> whyNot(Quantile quantile, Bound bound) {
    if (observations() <= 0) {
      return Optional.of("nothing was observed in the span");
    }
    if (observations() < quantile.least()) {
      return Optional.of(
          "%d observations are in the span, %s needs %d"
              .formatted((long) observations(), quantile.text(), quantile.least()));
    }
    double value = quantile(quantile, bound);
    if (Double.isInfinite(value)) {
      return Optional.of(
          bounds.size() == 1
              ? "it has no bucket but +Inf"
              : quantile.text() + " is above the last bound, " + bounds.get(bounds.size() - 2));
    }
    return Double.isNaN(value)
        ? Optional.of("its first bucket has no lower end")
        : Optional.empty();
  }
}
