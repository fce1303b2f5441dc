package dev.reeve.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * At most so much of one rule within a sliding time. It stands beside what the operator's
 * configuration allows and can only hold more back.
 *
 * @param most a constant, or a choice by a name of the workload; unknown means none at all
 * @param currency of an amount of money
 */
public record Limit(
    Measure measure, Expression most, Optional<Currency> currency, Duration per, Each each) {
  public Limit {
    requireNonNull(each, "each");
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a limit counts over more than no time");
    }
    if ((measure == Measure.COST) != currency.isPresent()) {
      throw new IllegalArgumentException("money has a currency, and nothing else has");
    }
  }

  /** What is counted. */
  public enum Measure {
    /** Plans that begin. */
    ACTIONS,
    /** Plans that begin, as a share of the workloads that the rule may act on. */
    SHARE,
    /** What the workloads cost in an hour on which plans begin. */
    COST,
    /** Notices that were delivered. */
    NOTICES;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is counted apart. */
  public enum Each {
    RULE,
    OWNER,
    GROUP,
    WORKLOAD;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether whatever this one lets pass the other lets pass too, as far as that can be proved. */
  boolean within(Limit other) {
    return measure == other.measure
        && each == other.each
        && currency.equals(other.currency)
        && per.compareTo(other.per) >= 0
        && (most.equals(other.most)
            || (most instanceof Expression.Constant mine
                && other.most instanceof Expression.Constant theirs
                && mine.value() <= theirs.value()));
  }
}
