package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.model.Attribute;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Expression;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Join;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Pattern;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Rung;
import dev.reeve.model.Severity;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Subjects as a board would show them, for four small rules. NaN is what is not known. */
final class Seen {
  static final Duration SPAN = Duration.ofMinutes(30);
  static final Feature ENGINE = new Feature.OfWindow(Signal.GPU_ENGINE_ACTIVE, Statistic.MAX, SPAN);
  static final Feature NOT_FINITE = new Feature.OfAttribute(Attribute.RUN_NOT_FINITE);

  /** Notifies after 30 minutes, terminates training after 45 and 15 of notice. */
  static final Rule IDLE =
      rule(
          "idle",
          List.of(new Pattern("w", SubjectKind.WORKLOAD, idle(), Optional.empty())),
          "w",
          new Remedy.Terminate());

  /** Suspends where {@link #IDLE} terminates. */
  static final Rule RESTING =
      rule(
          "resting",
          List.of(new Pattern("w", SubjectKind.WORKLOAD, idle(), Optional.empty())),
          "w",
          new Remedy.Suspend());

  /** An idle GPU of a workload that works: tied by the GPU's owner. */
  static final Rule PARTLY =
      rule(
          "partly",
          List.of(
              new Pattern(
                  "w", SubjectKind.WORKLOAD, compare(ENGINE, Comparison.AT_LEAST, 0.01), none()),
              new Pattern(
                  "g",
                  SubjectKind.GPU,
                  idle(),
                  Optional.of(new Join(Join.Key.OWNER, "w", Join.Key.SUBJECT)))),
          "g",
          new Remedy.Notify());

  /** A run that diverged, and its workload as the target. */
  static final Rule RUNAWAY =
      rule(
          "runaway",
          List.of(
              new Pattern(
                  "r", SubjectKind.RUN, compare(NOT_FINITE, Comparison.AT_LEAST, 3), none()),
              new Pattern(
                  "w",
                  SubjectKind.WORKLOAD,
                  compare(ENGINE, Comparison.GREATER, 0.1),
                  Optional.of(new Join(Join.Key.SUBJECT, "r", Join.Key.OWNER)))),
          "w",
          new Remedy.Terminate());

  static final RuleSet RULES = set(IDLE, RESTING, PARTLY, RUNAWAY);

  private Seen() {}

  static RuleSet set(Rule... rules) {
    return new RuleSet("rules", List.of(rules), SlotTable.of(List.of(rules)));
  }

  private static Optional<Join> none() {
    return Optional.empty();
  }

  static Condition idle() {
    return compare(ENGINE, Comparison.LESS, 0.01);
  }

  static Condition compare(Feature feature, Comparison comparison, double limit) {
    return new Condition.Compare(
        new Expression.Ask(feature), comparison, new Expression.Constant(limit, feature.unit()));
  }

  static Rule rule(String id, List<Pattern> patterns, String target, Remedy remedy) {
    List<Rung> ladder =
        remedy.acts()
            ? List.of(new Rung(SPAN, new Remedy.Notify()), new Rung(minutes(45), remedy))
            : List.of(new Rung(SPAN, remedy));
    return new Rule(
        id,
        1,
        "Is " + id,
        Severity.WARNING,
        "a test",
        patterns,
        target,
        ladder,
        remedy.acts() ? new TreeSet<>(Set.of(WorkloadKind.TRAINING)) : Collections.emptySortedSet(),
        minutes(15),
        RuleMode.ACT,
        RuleCard.NONE,
        List.of());
  }

  static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  static WorkloadSighting sighting(String name, String uid, WorkloadKind kind) {
    return new WorkloadSighting(
        new WorkloadId("node", "m", "ana", "process", name),
        Incarnation.of(uid, List.of(uid)),
        kind,
        "ana",
        "team",
        Extent.of(List.of(SubjectId.gpu("GPU-1"))),
        Protection.none(),
        Optional.empty(),
        "");
  }

  static Subject.Workload workload(WorkloadSighting sighting, double engine) {
    return new Subject.Workload(
        sighting,
        new Subject.Attribution.Agreed(),
        new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list"),
        slots(SubjectKind.WORKLOAD, ENGINE, engine),
        "");
  }

  static Subject.Workload training(String name, double engine) {
    return workload(sighting(name, name + "@boot", WorkloadKind.TRAINING), engine);
  }

  static Subject.Gpu gpu(String uuid, Optional<SubjectId> holder, double engine) {
    return new Subject.Gpu(
        new Device(SubjectId.gpu(uuid), "H100", "0", "host", "", 80L << 30),
        "boot",
        holder,
        holder
            .<Holding.Answer>map(one -> new Holding.HeldBy(List.of(one)))
            .orElse(new Holding.Unsure("nobody says")),
        new Cost.Unknown("no price"),
        slots(SubjectKind.GPU, ENGINE, engine));
  }

  static Subject.Run run(String id, SubjectId workload, double notFinite) {
    return new Subject.Run(
        SubjectId.run(id),
        workload,
        new Cost.Unknown("no price"),
        slots(SubjectKind.RUN, NOT_FINITE, notFinite));
  }

  private static Slots slots(SubjectKind kind, Feature feature, double value) {
    Slots.Builder slots = Slots.builder(RULES.slots(), kind);
    int slot = RULES.slots().slot(kind, feature);
    return Double.isNaN(value)
        ? slots.unknown(slot, "62 % of the samples are there").build()
        : slots.set(slot, value).build();
  }

  static Snapshot snapshot(long atNanos, Subject... subjects) {
    SortedMap<SubjectId, Subject.Workload> workloads = new TreeMap<>();
    SortedMap<SubjectId, Subject.Gpu> gpus = new TreeMap<>();
    SortedMap<SubjectId, Subject.Run> runs = new TreeMap<>();
    for (Subject subject : subjects) {
      switch (subject) {
        case Subject.Workload workload -> workloads.put(workload.id(), workload);
        case Subject.Gpu gpu -> gpus.put(gpu.id(), gpu);
        case Subject.Run run -> runs.put(run.id(), run);
        case Subject.Node _, Subject.Endpoint _, Subject.Budget _ ->
            throw new IllegalArgumentException("a board has no " + subject.id());
      }
    }
    return new Snapshot(
        atNanos,
        SPAN,
        workloads,
        gpus,
        runs,
        none(Map.of()),
        none(Map.of()),
        none(Map.of()),
        none(Map.of()),
        none(Map.of()),
        Collections.emptySortedSet(),
        none(Map.of()),
        none(Map.of()));
  }

  private static <K, V> SortedMap<K, V> none(Map<K, V> empty) {
    return new TreeMap<>(empty);
  }
}
