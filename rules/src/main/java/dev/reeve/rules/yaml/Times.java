package dev.reeve.rules.yaml;

import dev.reeve.config.TimesText;
import dev.reeve.config.Value.Scalar;
import dev.reeve.model.Attribute;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.model.TimesOfWeek.Range;
import dev.reeve.model.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the times of the week in which a rule judges, and turns them into one more condition of its
 * target: the clock must have been within them for as long as the evidence reaches back. So what
 * was seen in the night says nothing of the working day, and outside of them the rule is refuted.
 */
final class Times {
  private final Fields rule;
  private final RuleProblems problems;

  Times(Fields rule, RuleProblems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  /** Empty where the rule names none, or where something was wrong, which was reported then. */
  Optional<TimesOfWeek> read() {
    List<Range> ranges = new ArrayList<>();
    boolean right = true;
    for (Scalar scalar : rule.has("times") ? rule.scalars("times") : List.<Scalar>of()) {
      List<Range> read =
          TimesText.read(scalar.text(), (expected, nearest) -> wrong(scalar, expected, nearest));
      right &= !read.isEmpty();
      ranges.addAll(read);
    }
    return right && !ranges.isEmpty() ? Optional.of(new TimesOfWeek(ranges)) : Optional.empty();
  }

  /** The patterns with the times among the conditions of the target. */
  List<Pattern> apply(TimesOfWeek times, List<Pattern> patterns, String target, List<Rung> ladder) {
    Duration reach = reach(patterns);
    Duration last = ladder.isEmpty() ? reach : ladder.getLast().after();
    Duration needed = last.compareTo(reach) > 0 ? last : reach;
    if (times.longest().compareTo(needed) < 0) {
      rule.report(
          RuleCode.BAD_TIMES,
          rule.place("times"),
          "times of at least " + Spans.text(needed) + " without a break: evidence begins anew",
          "at most " + Spans.text(times.longest()));
    }
    Condition within =
        new Condition.Compare(
            new Expression.Ask(new Feature.OfTimes(times)),
            Comparison.AT_LEAST,
            new Expression.Constant(reach.toSeconds(), Unit.SECONDS));
    List<Pattern> result = new ArrayList<>();
    for (Pattern pattern : patterns) {
      result.add(
          pattern.alias().equals(target)
              ? new Pattern(
                  pattern.alias(),
                  pattern.kind(),
                  new Condition.All(List.of(pattern.condition(), within)),
                  pattern.join())
              : pattern);
    }
    return result;
  }

  /** How far back the evidence reaches: windows, and ages that must be reached. */
  private static Duration reach(List<Pattern> patterns) {
    double seconds = 1;
    for (Pattern pattern : patterns) {
      for (Feature feature : Conditions.features(pattern.condition())) {
        seconds = Math.max(seconds, feature.looksBack().toSeconds());
      }
      for (Condition.Compare compare : Conditions.comparisons(pattern.condition())) {
        if (aged(compare)) {
          seconds = Math.max(seconds, most(compare.right()));
        }
      }
    }
    return Duration.ofSeconds((long) Math.ceil(Math.min(seconds, 1e9)));
  }

  private static boolean aged(Condition.Compare compare) {
    return compare.left() instanceof Expression.Ask(Feature.OfAttribute(Attribute of))
        && of.unit() == Unit.SECONDS
        && (compare.comparison() == Comparison.GREATER
            || compare.comparison() == Comparison.AT_LEAST);
  }

  private static double most(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Choice of -> Math.max(of.then().value(), most(of.otherwise()));
      case Expression.Ask _ -> 0;
      case Expression.Arithmetic of -> Math.max(most(of.left()), most(of.right()));
    };
  }

  private void wrong(Scalar scalar, String expected, String nearest) {
    problems.add(
        new RuleProblem(
            RuleCode.BAD_TIMES,
            scalar.place(),
            Fields.width(scalar.text()),
            rule.below("times"),
            expected,
            scalar.found(),
            nearest));
  }
}
