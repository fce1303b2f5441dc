package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.model.Bound;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Quantile;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.rules.yaml.SyntaxException.Said;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads windows: {@code max(gpu.power, 30m)}. */
final class Windows {
  static final Duration LEAST_SPAN = Duration.ofMinutes(1);
  static final Duration LONGEST_SPAN = Duration.ofHours(24);

  private static final List<String> STATISTICS =
      Stream.concat(
              Arrays.stream(Statistic.values()).map(Statistic::text),
              Arrays.stream(Quantile.values()).map(Quantile::text))
          .toList();

  /** What people call a statistic elsewhere. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "avg",
          "mean",
          "average",
          "mean",
          "rate",
          "increase",
          "delta",
          "increase",
          "maximum",
          "max",
          "minimum",
          "min",
          "median",
          "p50");

  private final SubjectKind subject;
  private final Parameters parameters;
  private final Reporter reporter;
  private final Numbers numbers;

  Windows(SubjectKind subject, Parameters parameters, Reporter reporter, Numbers numbers) {
    this.subject = subject;
    this.parameters = parameters;
    this.reporter = reporter;
    this.numbers = numbers;
  }

  Optional<Numbers.Typed> window(Node.Call call) {
    Optional<Of> of = statistic(call.statistic());
    Optional<Signal> signal = call.arguments().isEmpty() ? Optional.empty() : signal(call);
    if (call.arguments().size() != 2) {
      reporter.problem(
          RuleCode.BAD_SPAN,
          call.span(),
          "a signal and a span: max(gpu.power, 30m)",
          call.arguments().size() < 2 ? "one of the two" : "more");
      return Optional.empty();
    }
    Optional<Duration> span = span(call.arguments().get(1));
    if (of.isEmpty() || signal.isEmpty() || span.isEmpty()) {
      return Optional.empty();
    }
    if (of.get().kind() != kind(signal.get())) {
      reporter.problem(
          RuleCode.WRONG_STATISTIC,
          call.statistic().span(),
          kind(signal.get()).words,
          call.statistic().text());
      return Optional.empty();
    }
    Feature feature = of.get().made().apply(signal.get(), span.get());
    return Optional.of(new Numbers.Typed(new Expression.Ask(feature), feature.unit(), true));
  }

  /** What signals are made of, and so what their windows say. */
  private enum Kind {
    GAUGE("min, max or mean"),
    COUNTER("increase"),
    HISTOGRAM("p50, p90, p95 or p99");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static Kind kind(Signal signal) {
    return signal.counter() ? Kind.COUNTER : signal.histogram() ? Kind.HISTOGRAM : Kind.GAUGE;
  }

  /** A statistic that rules ask of such a signal. */
  static String usual(Signal signal) {
    return switch (kind(signal)) {
      case GAUGE -> "max";
      case COUNTER -> "increase";
      case HISTOGRAM -> "p95";
    };
  }

  /** A statistic, and what asks for it. */
  private record Of(Kind kind, BiFunction<Signal, Duration, Feature> made) {}

  private Optional<Of> statistic(Node.Name name) {
    for (Statistic statistic : Statistic.values()) {
      if (statistic.text().equals(name.text())) {
        return Optional.of(
            new Of(
                statistic == Statistic.INCREASE ? Kind.COUNTER : Kind.GAUGE,
                (signal, span) -> new Feature.OfWindow(signal, statistic, span)));
      }
    }
    for (Quantile quantile : Quantile.values()) {
      if (quantile.text().equals(name.text())) {
        // the comparison that it stands in takes its side
        return Optional.of(
            new Of(
                Kind.HISTOGRAM,
                (signal, span) -> new Feature.OfQuantile(signal, quantile, span, Bound.UPPER)));
      }
    }
    String meant = ELSEWHERE.getOrDefault(name.text(), Nearest.to(name.text(), STATISTICS));
    reporter.problem(
        RuleCode.UNKNOWN_STATISTIC,
        name.span(),
        new Said(
            "min, max, mean, increase, p50, p90, p95 or p99", Masking.quoted(name.text()), meant));
    return Optional.empty();
  }

  private Optional<Signal> signal(Node.Call call) {
    Node first = call.arguments().getFirst();
    if (!(first instanceof Node.Name name)) {
      reporter.problem(RuleCode.UNKNOWN_NAME, first.span(), "the name of a signal", "a number");
      return Optional.empty();
    }
    Optional<Signal> signal = Signal.named(name.text());
    if (signal.isEmpty()) {
      List<String> names = Arrays.stream(Signal.values()).map(Signal::text).toList();
      String nearest = Nearest.to(name.text(), names);
      reporter.problem(
          RuleCode.UNKNOWN_NAME,
          name.span(),
          new Said("the name of a signal", Masking.quoted(name.text()), nearest));
    } else if (signal.get() == Signal.COST_RATE) {
      reporter.problem(
          RuleCode.WRONG_STATISTIC,
          call.span(),
          "cost.rate alone: a price has no window",
          name.text());
      return Optional.empty();
    } else if (!measuredOf(signal.get())) {
      numbers.foreign(name);
      return Optional.empty();
    }
    return signal;
  }

  private boolean measuredOf(Signal signal) {
    boolean ofDevices = signal.text().startsWith("gpu.");
    return switch (subject) {
      case WORKLOAD -> !signal.histogram();
      case GPU -> ofDevices;
      case ENDPOINT -> signal.ofEndpoints();
      case RUN, NODE, BUDGET -> false;
    };
  }

  private Optional<Duration> span(Node node) {
    if (node instanceof Node.Parameter of
        && parameters.use(of.name()).map(Parameter::value).orElse(null)
            instanceof Expression.Choice) {
      reporter.problem(
          RuleCode.SPAN_WITH_CASES, node.span(), "a parameter without cases", "$" + of.name());
      return Optional.empty();
    }
    boolean number = node instanceof Node.Quantity || node instanceof Node.Parameter;
    Optional<Numbers.Typed> typed =
        number ? numbers.typed(node, Optional.empty()) : Optional.empty();
    if (number && typed.isEmpty()) {
      return Optional.empty();
    }
    if (typed.isPresent()
        && typed.get().unit() == Unit.SECONDS
        && typed.get().expression() instanceof Expression.Constant constant) {
      Duration span = Duration.ofMillis(Math.round(constant.value() * 1000));
      if (span.compareTo(LEAST_SPAN) >= 0 && span.compareTo(LONGEST_SPAN) <= 0) {
        return Optional.of(span);
      }
    }
    String found = typed.map(of -> found(of.unit())).orElse("no number");
    reporter.problem(RuleCode.BAD_SPAN, node.span(), "a span from 1m to 24h", found);
    return Optional.empty();
  }

  private static String found(Unit unit) {
    return switch (unit) {
      case SECONDS -> "a shorter or longer one";
      case COUNT -> "a number without a unit";
      default -> Units.words(unit);
    };
  }
}
