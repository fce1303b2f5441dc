package dev.reeve.rules.yaml;

import dev.reeve.config.Nearest;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Expression;
import dev.reeve.model.Limit;
import dev.reeve.model.Limit.Each;
import dev.reeve.model.Limit.Measure;
import dev.reeve.model.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what a rule allows itself, and how often it tells owners. */
final class LimitReader {
  private static final int MOST = 16;
  private static final Duration LEAST_TIME = Duration.ofMinutes(1);
  private static final List<Measure> OF_PLANS =
      List.of(Measure.ACTIONS, Measure.SHARE, Measure.COST);

  private final RuleProblems problems;
  private final Fields rule;
  private final Parameters parameters;

  LimitReader(RuleProblems problems, Fields rule, Parameters parameters) {
    this.problems = problems;
    this.rule = rule;
    this.parameters = parameters;
  }

  /** All that are right; what is wrong is reported. */
  List<Limit> read() {
    List<Limit> limits = new ArrayList<>();
    List<Mapping> ofPlans = rule.mappings("limits", MOST);
    for (int i = 0; i < ofPlans.size(); i++) {
      Fields fields = fields(ofPlans.get(i), "limits[" + i + "]", RuleKeys.LIMIT);
      List<Measure> named = OF_PLANS.stream().filter(of -> fields.has(of.text())).toList();
      if (named.size() == 1) {
        limit(fields, named.getFirst(), RuleKeys.EACH_LIMIT).ifPresent(limits::add);
      } else {
        String found = named.isEmpty() ? "none of them" : "several";
        fields.report(RuleCode.BAD_LIMIT, fields.place(), "one of actions, share, cost", found);
      }
    }
    List<Mapping> ofNotices = rule.mappings("throttle", MOST);
    for (int i = 0; i < ofNotices.size(); i++) {
      Fields fields = fields(ofNotices.get(i), "throttle[" + i + "]", RuleKeys.THROTTLE);
      limit(fields, Measure.NOTICES, RuleKeys.EACH_THROTTLE).ifPresent(limits::add);
    }
    return limits;
  }

  private Fields fields(Mapping mapping, String key, RuleKeys.Shape shape) {
    return new Fields(mapping, rule.below(key), shape, problems);
  }

  private Optional<Limit> limit(Fields fields, Measure measure, List<String> each) {
    Optional<Duration> per = fields.time("per", LEAST_TIME, Ladders.LONGEST);
    String word = fields.word("each", each, "rule");
    Optional<Scalar> scalar = fields.scalar(measure.text());
    Optional<Parameter> most = scalar.flatMap(of -> most(fields, of, measure));
    if (scalar.isEmpty() || most.isEmpty() || per.isEmpty()) {
      return Optional.empty();
    }
    if (!fits(most.get(), measure)) {
      wrong(fields, scalar.get(), measure, "");
      return Optional.empty();
    }
    return Optional.of(
        new Limit(
            measure,
            most.get().value(),
            most.get().currency(),
            per.get(),
            Each.valueOf(word.toUpperCase(Locale.ROOT))));
  }

  private Optional<Parameter> most(Fields fields, Scalar scalar, Measure measure) {
    if (!scalar.text().startsWith("$")) {
      return new ParameterReader(problems, rule).quantity(scalar, fields.below(measure.text()));
    }
    String name = scalar.text().substring(1);
    Optional<Parameter> parameter = parameters.use(name);
    if (parameter.isEmpty() && !parameters.isBroken(name)) {
      String nearest = Nearest.to(name, parameters.names());
      wrong(fields, scalar, measure, nearest.isEmpty() ? "" : "$" + nearest);
    }
    return parameter;
  }

  private static boolean fits(Parameter most, Measure measure) {
    return switch (measure) {
      case ACTIONS -> most.unit() == Unit.COUNT && whole(most.value(), 0);
      case SHARE -> most.unit() == Unit.RATIO && within(most.value());
      case COST -> most.unit() == Unit.MONEY_PER_HOUR && positive(most.value());
      case NOTICES ->
          most.unit() == Unit.COUNT
              && most.value() instanceof Expression.Constant
              && whole(most.value(), 1);
    };
  }

  private static boolean whole(Expression most, double least) {
    return numbers(most).stream()
        .allMatch(of -> of >= least && of <= 1_000_000 && of == Math.rint(of));
  }

  private static boolean within(Expression most) {
    return numbers(most).stream().allMatch(of -> of >= 0 && of <= 1);
  }

  private static boolean positive(Expression most) {
    return numbers(most).stream().allMatch(of -> of >= 0);
  }

  /** Each number that it may be, by whatever name. */
  private static List<Double> numbers(Expression most) {
    List<Double> numbers = new ArrayList<>();
    Expression rest = most;
    while (rest instanceof Expression.Choice choice) {
      numbers.add(choice.then().value());
      rest = choice.otherwise();
    }
    numbers.add(rest instanceof Expression.Constant constant ? constant.value() : Double.NaN);
    return numbers;
  }

  private void wrong(Fields fields, Scalar scalar, Measure measure, String nearest) {
    problems.add(
        new RuleProblem(
            RuleCode.BAD_LIMIT,
            scalar.place(),
            Fields.width(scalar.text()),
            fields.below(measure.text()),
            expected(measure),
            scalar.found(),
            nearest));
  }

  private static String expected(Measure measure) {
    return switch (measure) {
      case ACTIONS -> "a whole number, or a parameter that is one";
      case SHARE -> "a share up to 100%, or a parameter that is one";
      case COST -> "money an hour such as 50 USD/h, or a parameter that is one";
      case NOTICES -> "a whole number from 1, or a parameter without cases that is one";
    };
  }
}
