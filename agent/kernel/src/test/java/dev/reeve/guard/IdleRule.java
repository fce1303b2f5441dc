package dev.reeve.guard;

import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Feature;
import dev.reeve.model.Limit;
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
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rule that a question is about. */
final class IdleRule {
  private IdleRule() {}

  static Rule of(RuleMode mode, List<Limit> limits) {
    Feature asks =
        new Feature.OfWindow(Signal.GPU_ENGINE_ACTIVE, Statistic.MAX, Duration.ofMinutes(30));
    Condition idle =
        new Condition.Compare(
            new Expression.Ask(asks), Comparison.LESS, new Expression.Constant(0.01, Unit.RATIO));
    return new Rule(
        "idle-workload",
        1,
        "idle",
        Severity.WARNING,
        "a test",
        List.of(new Pattern("w", SubjectKind.WORKLOAD, idle, Optional.empty())),
        "w",
        List.of(
            new Rung(Duration.ofMinutes(30), new Remedy.Notify()),
            new Rung(Duration.ofMinutes(45), new Remedy.Terminate())),
        new TreeSet<>(Set.of(WorkloadKind.TRAINING, WorkloadKind.BATCH)),
        Duration.ofMinutes(15),
        mode,
        RuleCard.NONE,
        limits);
  }
}
