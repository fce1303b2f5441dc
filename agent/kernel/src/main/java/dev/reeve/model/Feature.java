package dev.reeve.model;

import java.time.Duration;
import java.util.Currency;
import java.util.Locale;

/** One number that a rule may ask of a subject; each has a slot in the rule set's table. */
public sealed interface Feature extends Comparable<Feature> {

  /** How rules write it. */
  String text();

  Unit unit();

  WitnessGroup group();

  /** How far back it looks; zero where it is what it is now. */
  default Duration looksBack() {
    return switch (this) {
      case OfWindow window -> window.span();
      case OfQuantile quantile -> quantile.span();
      case OfCost _, OfAttribute _, OfTimes _ -> Duration.ZERO;
    };
  }

  @Override
  default int compareTo(Feature other) {
    return text().compareTo(other.text());
  }

  /** A statistic of a signal over a span: {@code max(gpu.engine_active, 30m)}. */
  record OfWindow(Signal signal, Statistic statistic, Duration span) implements Feature {
    public OfWindow {
      if (span.isNegative() || span.isZero()) {
        throw new IllegalArgumentException("a window spans more than nothing, not " + span);
      }
    }

    @Override
    public String text() {
      return statistic.text() + "(" + signal.text() + ", " + Spans.text(span) + ")";
    }

    @Override
    public Unit unit() {
      return signal.unit();
    }

    @Override
    public WitnessGroup group() {
      return signal.group();
    }
  }

  /**
   * A quantile of a histogram over a span, as the bound that a comparison is harder to meet with:
   * {@code upper bound of p95(endpoint.ttft, 1h)}.
   */
  record OfQuantile(Signal signal, Quantile quantile, Duration span, Bound bound)
      implements Feature {
    public OfQuantile {
      if (span.isNegative() || span.isZero()) {
        throw new IllegalArgumentException("a window spans more than nothing, not " + span);
      }
      if (!signal.histogram()) {
        throw new IllegalArgumentException(signal.text() + " has no quantiles");
      }
    }

    /** Without the bound, which rules do not write. */
    public String written() {
      return quantile.text() + "(" + signal.text() + ", " + Spans.text(span) + ")";
    }

    @Override
    public String text() {
      return bound.text() + " bound of " + written();
    }

    @Override
    public Unit unit() {
      return signal.unit();
    }

    @Override
    public WitnessGroup group() {
      return signal.group();
    }
  }

  /**
   * What a subject costs in an hour: {@code cost.rate in USD}. Unknown where it is priced in
   * another currency, because numbers of two currencies cannot be compared.
   */
  record OfCost(Currency currency) implements Feature {
    @Override
    public String text() {
      return Signal.COST_RATE.text() + " in " + currency;
    }

    @Override
    public Unit unit() {
      return Unit.MONEY_PER_HOUR;
    }

    @Override
    public WitnessGroup group() {
      return WitnessGroup.NONE;
    }
  }

  /** An attribute: {@code run.not_finite}. */
  record OfAttribute(Attribute attribute) implements Feature {
    @Override
    public String text() {
      return attribute.text().toLowerCase(Locale.ROOT);
    }

    @Override
    public Unit unit() {
      return attribute.unit();
    }

    @Override
    public WitnessGroup group() {
      return attribute.group();
    }
  }

  /**
   * How long it has been within times of the week, without a break: {@code time in mon-fri
   * 08:00-18:00 Europe/Berlin}. The same of every subject; zero outside.
   */
  record OfTimes(TimesOfWeek times) implements Feature {
    @Override
    public String text() {
      return "time in " + times.text();
    }

    @Override
    public Unit unit() {
      return Unit.SECONDS;
    }

    @Override
    public WitnessGroup group() {
      return WitnessGroup.NONE;
    }
  }
}
