package dev.reeve.rules;

import static dev.reeve.model.Comparison.AT_LEAST;
import static dev.reeve.model.Comparison.GREATER;
import static dev.reeve.model.Comparison.LESS;

import dev.reeve.model.Attribute;
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
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The first shipped rules, said once more without the files: what the files must say. */
final class ShippedAsJava {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration BURNING = Duration.ofMinutes(10);
  private static final Duration NOTICE = Duration.ofMinutes(15);

  private static final Condition ENGINE_IDLE = max(Signal.GPU_ENGINE_ACTIVE, LESS, 0.01);
  private static final Condition KERNELS_IDLE = max(Signal.GPU_UTILIZATION, LESS, 0.01);
  private static final Condition POWER_IDLE = max(Signal.GPU_POWER_OVER_IDLE, LESS, 1.3);
  private static final Condition CPU_IDLE = max(Signal.PROCESS_CPU_RATE, LESS, 0.05);
  private static final Condition NO_SICK_GPU =
      compare(new Feature.OfAttribute(Attribute.WORKLOAD_SICK_GPUS), LESS, 1);
  private static final Condition NOT_SICK =
      compare(new Feature.OfAttribute(Attribute.GPU_SICK), LESS, 1);

  private ShippedAsJava() {}

  static List<Rule> rules() {
    return List.of(idleWorkload(), partlyIdle(), runawayRun(), unheldGpu());
  }

  /**
   * Idle by two witnesses of different groups, whichever two the sources have: profiling and NVML,
   * profiling and CPU time (a MIG instance has no utilization of its own), NVML and CPU time
   * (nvidia-smi alone). A third one that contradicts cannot be said here, because a condition that
   * holds only while something is not known would make silence evidence: the guard's second witness
   * looks at all that are known, power among them.
   */
  private static Rule idleWorkload() {
    Condition idle =
        any(
            all(ENGINE_IDLE, KERNELS_IDLE),
            all(ENGINE_IDLE, CPU_IDLE),
            all(KERNELS_IDLE, CPU_IDLE));
    return new Rule(
        "idle-workload",
        2,
        "Idle on all of its GPUs",
        Severity.WARNING,
        "Below 1 % at every sample of 30 minutes, on the whole extent, by two kinds of witness:"
            + " gpu-pruner scales down after 30 minutes of exactly 0 by one of them; IdleBot warns"
            + " at 15 and cancels at 60 minutes; job_defense_shield cancels after 120 minutes at 0."
            + " Less than a twentieth of a core is what a process takes that only waits.",
        List.of(first("w", SubjectKind.WORKLOAD, all(idle, NO_SICK_GPU))),
        "w",
        List.of(
            new Rung(IDLE, new Remedy.Notify()),
            new Rung(Duration.ofMinutes(45), new Remedy.Terminate())),
        finite(),
        NOTICE,
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  /**
   * The workload works, one of its GPUs doesn't. Idleness takes two counters here as well, since
   * one that is stuck at zero would tell every owner that a busy GPU is idle.
   */
  private static Rule partlyIdle() {
    Condition busy =
        any(
            max(Signal.GPU_ENGINE_ACTIVE, AT_LEAST, 0.01),
            max(Signal.GPU_UTILIZATION, AT_LEAST, 0.01));
    Condition idle = any(all(ENGINE_IDLE, KERNELS_IDLE), all(KERNELS_IDLE, POWER_IDLE));
    return new Rule(
        "partly-idle",
        2,
        "One GPU of a working workload is idle",
        Severity.INFO,
        "Below 1 % for 30 minutes while the workload works: job_defense_shield mails whoever leaves"
            + " some of a job's GPUs at 0 and never cancels, because only the owner can ask for"
            + " fewer. Power within 1.3 times the model's idle floor is what an idle board draws.",
        List.of(
            first("w", SubjectKind.WORKLOAD, busy),
            joined(
                "g",
                SubjectKind.GPU,
                all(idle, NOT_SICK),
                new Join(Join.Key.OWNER, "w", Join.Key.SUBJECT))),
        "g",
        List.of(new Rung(IDLE, new Remedy.Notify())),
        Collections.emptySortedSet(),
        Duration.ZERO,
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  /** That nobody holds it is one witness already, so one counter suffices. */
  private static Rule unheldGpu() {
    Condition unheld =
        all(
            compare(
                new Feature.OfAttribute(Attribute.GPU_UNHELD), AT_LEAST, (double) IDLE.toSeconds()),
            any(ENGINE_IDLE, KERNELS_IDLE));
    return new Rule(
        "unheld-gpu",
        2,
        "A GPU that belongs to nobody",
        Severity.INFO,
        "30 minutes without a holder by a lookup that proves itself, and below 1 % as long: half an"
            + " hour spans what a queue takes to hand a GPU on.",
        List.of(first("g", SubjectKind.GPU, all(unheld, NOT_SICK))),
        "g",
        List.of(new Rung(IDLE, new Remedy.Notify())),
        Collections.emptySortedSet(),
        Duration.ZERO,
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  /** The run says it diverged, the GPUs say it goes on: two witnesses that share nothing. */
  private static Rule runawayRun() {
    // a workload with another run would lose that run as well
    Condition diverged =
        all(
            compare(new Feature.OfAttribute(Attribute.RUN_NOT_FINITE), AT_LEAST, 3),
            compare(new Feature.OfAttribute(Attribute.RUN_SIBLINGS), LESS, 1));
    Condition burning =
        any(
            mean(Signal.GPU_ENGINE_ACTIVE, GREATER, 0.10),
            mean(Signal.GPU_UTILIZATION, GREATER, 0.50));
    return new Rule(
        "runaway-run",
        1,
        "Goes on although its loss is not finite",
        Severity.CRITICAL,
        "Three reports in a row without a finite loss: one may be a loss scale that is backed off,"
            + " and weights that are not finite do not come back. A tenth of engine time or half of"
            + " utilization, as a mean of 10 minutes, is work and not a process that waits."
            + " A workload with another run that has not ended is left alone.",
        List.of(
            first("r", SubjectKind.RUN, diverged),
            joined(
                "w",
                SubjectKind.WORKLOAD,
                burning,
                new Join(Join.Key.SUBJECT, "r", Join.Key.OWNER))),
        "w",
        List.of(
            new Rung(Duration.ofMinutes(5), new Remedy.Notify()),
            new Rung(Duration.ofMinutes(30), new Remedy.Terminate())),
        finite(),
        NOTICE,
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  /** Kinds that end by themselves; whoever runs another kind may come back to it. */
  private static SortedSet<WorkloadKind> finite() {
    return new TreeSet<>(List.of(WorkloadKind.TRAINING, WorkloadKind.BATCH));
  }

  private static Pattern first(String alias, SubjectKind kind, Condition condition) {
    return new Pattern(alias, kind, condition, Optional.empty());
  }

  private static Pattern joined(String alias, SubjectKind kind, Condition condition, Join join) {
    return new Pattern(alias, kind, condition, Optional.of(join));
  }

  private static Condition all(Condition... of) {
    return new Condition.All(List.of(of));
  }

  private static Condition any(Condition... of) {
    return new Condition.Any(List.of(of));
  }

  private static Condition max(Signal signal, Comparison comparison, double limit) {
    return compare(new Feature.OfWindow(signal, Statistic.MAX, IDLE), comparison, limit);
  }

  private static Condition mean(Signal signal, Comparison comparison, double limit) {
    return compare(new Feature.OfWindow(signal, Statistic.MEAN, BURNING), comparison, limit);
  }

  private static Condition compare(Feature feature, Comparison comparison, double limit) {
    Unit unit = feature.unit();
    return new Condition.Compare(
        new Expression.Ask(feature), comparison, new Expression.Constant(limit, unit));
  }
}
