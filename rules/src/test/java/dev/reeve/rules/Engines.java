package dev.reeve.rules;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Join;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Engines over rules that a test wrote, and the words to write them. */
public final class Engines {
  static final Feature UTIL =
      new Feature.OfWindow(Signal.GPU_UTILIZATION, Statistic.MAX, Duration.ofMinutes(30));
  static final Feature POWER =
      new Feature.OfWindow(Signal.GPU_POWER, Statistic.MEAN, Duration.ofMinutes(5));

  private Engines() {}

  public static RuleEngine of(List<Rule> rules) throws RuleEngine.RuleEngineException {
    return of(rules, Limits.DEFAULT);
  }

  static RuleEngine of(List<Rule> rules, Limits limits) throws RuleEngine.RuleEngineException {
    byte[] archive = RuleCompiler.compile(rules).archive();
    return DroolsRuleEngine.load(archive, CompiledRules.hash(archive), limits);
  }

  /** A rule over GPUs that only notifies. */
  static Rule rule(String id, Condition condition) {
    return rule(id, List.of(new Pattern("g", SubjectKind.GPU, condition, Optional.empty())));
  }

  /** A rule that only notifies; its first pattern is the target. */
  static Rule rule(String id, List<Pattern> patterns) {
    return new Rule(
        id,
        1,
        "a test",
        Severity.INFO,
        "because",
        patterns,
        patterns.getFirst().alias(),
        List.of(new Rung(Duration.ofMinutes(30), new Remedy.Notify())),
        Collections.emptySortedSet(),
        Duration.ZERO,
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  static Pattern joined(SubjectKind kind, Condition condition, Join join) {
    return new Pattern("later", kind, condition, Optional.of(join));
  }

  static Condition util(Comparison comparison, double limit) {
    return compare(new Expression.Ask(UTIL), comparison, limit);
  }

  static Condition compare(Expression left, Comparison comparison, double limit) {
    return new Condition.Compare(left, comparison, new Expression.Constant(limit, UTIL.unit()));
  }

  static Expression calculate(Feature left, Expression.Operator operator, Feature right) {
    return new Expression.Arithmetic(new Expression.Ask(left), operator, new Expression.Ask(right));
  }
}
