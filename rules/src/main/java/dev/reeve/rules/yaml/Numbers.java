package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.model.Attribute;
import dev.reeve.model.Expression;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.rules.yaml.SyntaxException.Said;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Gives the numbers of a condition their units. */
final class Numbers {
  static final Duration LEAST_SPAN = Duration.ofMinutes(1);
  static final Duration LONGEST_SPAN = Duration.ofHours(24);

  private static final List<String> STATISTICS =
      Arrays.stream(Statistic.values()).map(Statistic::text).toList();

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
          "min");

  private final SubjectKind subject;
  private final Parameters parameters;
  private final Reporter reporter;
  private boolean broken;

  Numbers(SubjectKind subject, Parameters parameters, Reporter reporter) {
    this.subject = subject;
    this.parameters = parameters;
    this.reporter = reporter;
  }

  /**
   * @param asks whether it asks for anything, or is made of constants
   */
  record Typed(Expression expression, Unit unit, boolean asks) {}

  /** Every currency that a part of a condition names. */
  SequencedSet<Currency> currencies(Node node) {
    SequencedSet<Currency> found = new LinkedHashSet<>();
    collect(node, found);
    return found;
  }

  private void collect(Node node, SequencedSet<Currency> into) {
    switch (node) {
      case Node.Quantity quantity -> {
        Optional<Units.Amount> amount = Units.amount(quantity.number(), quantity.unit());
        broken |= amount.isEmpty();
        amount.flatMap(Units.Amount::currency).ifPresent(into::add);
      }
      case Node.Parameter of ->
          parameters.use(of.name()).flatMap(Parameter::currency).ifPresent(into::add);
      case Node.Negative negative -> collect(negative.of(), into);
      case Node.Arithmetic arithmetic -> {
        collect(arithmetic.left(), into);
        collect(arithmetic.right(), into);
      }
      case Node.Compare compare -> {
        collect(compare.left(), into);
        collect(compare.right(), into);
      }
      case Node.Name _, Node.Call _, Node.OneOf _, Node.Logic _ -> {}
    }
  }

  /** Empty where something was wrong, which was reported then. */
  Optional<Typed> typed(Node node, Optional<Currency> currency) {
    return switch (node) {
      case Node.Quantity quantity -> quantity(quantity);
      case Node.Parameter parameter -> parameter(parameter);
      case Node.Name name -> attribute(name, currency);
      case Node.Call call -> window(call);
      case Node.Negative negative -> negative(negative, currency);
      case Node.Arithmetic arithmetic -> arithmetic(arithmetic, currency);
      case Node.Compare _, Node.OneOf _, Node.Logic _ -> {
        reporter.problem(RuleCode.NOT_A_NUMBER, node.span(), "a number", "a condition");
        yield Optional.empty();
      }
    };
  }

  private Optional<Typed> quantity(Node.Quantity quantity) {
    Optional<Units.Amount> amount = Units.amount(quantity.number(), quantity.unit());
    if (amount.isEmpty()) {
      String text = quantity.number() + quantity.unit();
      String nearest = Nearest.to(quantity.unit(), Units.symbols());
      String meant = nearest.isEmpty() ? "" : quantity.number() + nearest;
      reporter.problem(
          RuleCode.BAD_QUANTITY,
          quantity.span(),
          new Said("a number with a known unit", Masking.quoted(text), meant));
    }
    return amount.map(of -> constant(of.value(), of.unit()));
  }

  private static Typed constant(double value, Unit unit) {
    return new Typed(new Expression.Constant(value, unit), unit, false);
  }

  private Optional<Typed> parameter(Node.Parameter of) {
    Optional<Parameter> parameter = parameters.use(of.name());
    if (parameter.isEmpty() && !parameters.isBroken(of.name())) {
      String nearest = Nearest.to(of.name(), parameters.names());
      Said said =
          new Said(
              "a parameter of this rule", "$" + of.name(), nearest.isEmpty() ? "" : "$" + nearest);
      reporter.problem(RuleCode.UNKNOWN_PARAMETER, of.span(), said);
    }
    parameter.map(Parameter::value).ifPresent(value -> named(of, value));
    return parameter.map(known -> new Typed(known.value(), known.unit(), false));
  }

  /** By a name that the subject does not have, a number would be unknown forever. */
  private void named(Node.Parameter of, Expression value) {
    Expression rest = value;
    while (rest instanceof Expression.Choice choice) {
      if (!choice.trait().isOf(subject)) {
        reporter.problem(
            RuleCode.FOREIGN_TRAIT,
            of.span(),
            "cases by a name that a " + subject.text() + " has",
            choice.trait().text());
      }
      rest = choice.otherwise();
    }
  }

  private Optional<Typed> negative(Node.Negative negative, Optional<Currency> currency) {
    Optional<Typed> of = typed(negative.of(), currency);
    if (of.isPresent() && of.get().expression() instanceof Expression.Constant constant) {
      return Optional.of(constant(0.0 - constant.value(), constant.unit()));
    }
    if (of.isPresent()) {
      reporter.problem(
          RuleCode.BAD_SYNTAX, negative.span(), "a minus between two numbers", "a minus alone");
    }
    return Optional.empty();
  }

  private Optional<Typed> attribute(Node.Name name, Optional<Currency> currency) {
    if (name.text().equals(Signal.COST_RATE.text())) {
      return cost(name, currency);
    }
    Optional<Attribute> attribute =
        Arrays.stream(Attribute.values()).filter(of -> of.text().equals(name.text())).findFirst();
    if (attribute.isEmpty()) {
      unknown(name);
      return Optional.empty();
    }
    if (attribute.get().kind() != subject) {
      foreign(name);
      return Optional.empty();
    }
    Feature feature = new Feature.OfAttribute(attribute.get());
    return Optional.of(new Typed(new Expression.Ask(feature), feature.unit(), true));
  }

  private Optional<Typed> cost(Node.Name name, Optional<Currency> currency) {
    if (currency.isEmpty()) {
      // an amount that could not be read may have been one
      if (!broken) {
        reporter.problem(
            RuleCode.CURRENCY, name.span(), "an amount beside it, such as 5 USD/h", "none");
      }
      return Optional.empty();
    }
    Feature feature = new Feature.OfCost(currency.get());
    return Optional.of(new Typed(new Expression.Ask(feature), feature.unit(), true));
  }

  private void unknown(Node.Name name) {
    Optional<Signal> signal = Signal.named(name.text());
    if (signal.isPresent()) {
      String statistic = signal.get().counter() ? "increase" : "max";
      reporter.problem(
          RuleCode.UNKNOWN_NAME,
          name.span(),
          statistic + "(" + name.text() + ", 30m)",
          "a signal without statistic and span");
      return;
    }
    List<String> names =
        Stream.concat(
                Arrays.stream(Attribute.values()).map(Attribute::text),
                Stream.concat(
                    Arrays.stream(Signal.values()).map(Signal::text), Stream.of(Conditioner.KIND)))
            .toList();
    Said said =
        new Said(
            "a signal or an attribute",
            Masking.quoted(name.text()),
            Nearest.to(name.text(), names));
    reporter.problem(RuleCode.UNKNOWN_NAME, name.span(), said);
  }

  private void foreign(Node.Name name) {
    reporter.problem(
        RuleCode.FOREIGN_NAME,
        name.span(),
        "a name that a " + subject.text() + " has",
        name.text());
  }

  private Optional<Typed> window(Node.Call call) {
    Optional<Statistic> statistic = statistic(call.statistic());
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
    if (statistic.isEmpty() || signal.isEmpty() || span.isEmpty()) {
      return Optional.empty();
    }
    if (signal.get().counter() != (statistic.get() == Statistic.INCREASE)) {
      String right = signal.get().counter() ? "increase" : "min, max or mean";
      reporter.problem(
          RuleCode.WRONG_STATISTIC, call.statistic().span(), right, call.statistic().text());
      return Optional.empty();
    }
    Feature feature = new Feature.OfWindow(signal.get(), statistic.get(), span.get());
    return Optional.of(new Typed(new Expression.Ask(feature), feature.unit(), true));
  }

  private Optional<Statistic> statistic(Node.Name name) {
    for (Statistic statistic : Statistic.values()) {
      if (statistic.text().equals(name.text())) {
        return Optional.of(statistic);
      }
    }
    String meant = ELSEWHERE.getOrDefault(name.text(), Nearest.to(name.text(), STATISTICS));
    reporter.problem(
        RuleCode.UNKNOWN_STATISTIC,
        name.span(),
        new Said("min, max, mean or increase", Masking.quoted(name.text()), meant));
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
      foreign(name);
      return Optional.empty();
    }
    return signal;
  }

  private boolean measuredOf(Signal signal) {
    boolean ofDevices = signal.text().startsWith("gpu.");
    return subject == SubjectKind.WORKLOAD || (subject == SubjectKind.GPU && ofDevices);
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
    Optional<Typed> typed = number ? typed(node, Optional.empty()) : Optional.empty();
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

  private Optional<Typed> arithmetic(Node.Arithmetic node, Optional<Currency> currency) {
    Optional<Typed> left = typed(node.left(), currency);
    Optional<Typed> right = typed(node.right(), currency);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Operator operator =
        Arrays.stream(Operator.values())
            .filter(of -> node.symbol().is(of.text()))
            .findFirst()
            .orElseThrow();
    Optional<Unit> unit = unit(left.get(), operator, right.get());
    if (unit.isEmpty()) {
      reporter.problem(
          RuleCode.MIXED_UNITS,
          new Span(node.symbol().from(), node.symbol().to()),
          "units that fit " + operator.text(),
          Units.words(left.get().unit()) + ", and " + Units.words(right.get().unit()));
    }
    boolean asks = left.get().asks() || right.get().asks();
    Expression of =
        new Expression.Arithmetic(left.get().expression(), operator, right.get().expression());
    return unit.map(known -> new Typed(of, known, asks));
  }

  private static Optional<Unit> unit(Typed left, Operator operator, Typed right) {
    return switch (operator) {
      case PLUS, MINUS -> left.unit() == right.unit() ? Optional.of(left.unit()) : Optional.empty();
      case TIMES -> times(left, right);
      case OVER -> {
        if (left.unit() == right.unit()) {
          yield Optional.of(Unit.RATIO);
        }
        yield plain(right.unit()) ? Optional.of(left.unit()) : Optional.empty();
      }
    };
  }

  private static Optional<Unit> times(Typed left, Typed right) {
    if (plain(left.unit()) && plain(right.unit())) {
      // a count of something stays one, whatever share of it is taken
      boolean count = left.unit() == Unit.COUNT && (left.asks() || right.unit() == Unit.COUNT);
      count |= right.unit() == Unit.COUNT && right.asks();
      return Optional.of(count ? Unit.COUNT : Unit.RATIO);
    }
    if (plain(left.unit())) {
      return Optional.of(right.unit());
    }
    return plain(right.unit()) ? Optional.of(left.unit()) : Optional.empty();
  }

  private static boolean plain(Unit unit) {
    return unit == Unit.COUNT || unit == Unit.RATIO;
  }
}
