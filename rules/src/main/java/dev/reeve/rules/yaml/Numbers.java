package dev.reeve.rules.yaml;

import dev.reeve.config.Masking;
import dev.reeve.config.Nearest;
import dev.reeve.model.Attribute;
import dev.reeve.model.Expression;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Unit;
import dev.reeve.rules.yaml.SyntaxException.Said;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Gives the numbers of a condition their units. */
final class Numbers {
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
      case Node.Call call -> new Windows(subject, parameters, reporter, this).window(call);
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
        Arrays.stream(Attribute.values()).filter(of -> named(of, name.text())).findFirst();
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

  /** Within an endpoint's pattern its objective needs no more words. */
  private boolean named(Attribute attribute, String text) {
    boolean short_ = text.equals("slo") && subject == SubjectKind.ENDPOINT;
    return attribute.text().equals(short_ ? Attribute.ENDPOINT_SLO.text() : text);
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
      String statistic = Windows.usual(signal.get());
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

  void foreign(Node.Name name) {
    reporter.problem(
        RuleCode.FOREIGN_NAME,
        name.span(),
        "a name that a " + subject.text() + " has",
        name.text());
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
