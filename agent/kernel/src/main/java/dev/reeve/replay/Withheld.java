package dev.reeve.replay;

import dev.reeve.guard.Busy;
import dev.reeve.model.Declaration;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Plan;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Workloads that would have been ended: nothing of them reaches the board until their horizon is
 * over, and what they did meanwhile says whether ending them was wrong. Their GPUs' readings are
 * withheld with them: what those would have been is not known, and unknown is not idle.
 */
final class Withheld {
  private final Ticker clock;
  private final Duration horizon;
  private final Predicate<Plan> idle;
  private final Consumer<Stop> settled;
  private final SortedMap<SubjectId, Ghost> ghosts = new TreeMap<>();

  /** Who holds a device, by what each source said last. */
  private final SortedMap<SubjectId, SortedMap<String, List<SubjectId>>> holders = new TreeMap<>();

  private static final class Ghost {
    private final Plan plan;
    private final long stoppedAt;
    private final boolean idle;
    private long lastSeen;
    private OptionalLong activeAt = OptionalLong.empty();

    Ghost(Plan plan, long stoppedAt, boolean idle) {
      this.plan = plan;
      this.stoppedAt = stoppedAt;
      this.idle = idle;
      this.lastSeen = stoppedAt;
    }
  }

  /**
   * @param idle whether a plan ends something for doing nothing; else it does what it must not
   * @param settled is told each stop when it is known what became of it
   */
  Withheld(Ticker clock, Duration horizon, Predicate<Plan> idle, Consumer<Stop> settled) {
    this.clock = clock;
    this.horizon = horizon;
    this.idle = idle;
    this.settled = settled;
  }

  void stop(Plan plan) {
    ghosts.putIfAbsent(plan.target().subject(), new Ghost(plan, clock.nanos(), idle.test(plan)));
  }

  boolean stopped(SubjectId workload) {
    return ghosts.containsKey(workload);
  }

  /** Settles those whose horizon is over at an instant. */
  void settle(long nanos) {
    ghosts
        .values()
        .removeIf(
            ghost -> {
              boolean over = nanos - ghost.stoppedAt >= horizon.toNanos();
              if (over) {
                settled.accept(stop(ghost, true));
              }
              return over;
            });
  }

  /** The recording is over: settles all. */
  void end() {
    long end = clock.nanos();
    for (Ghost ghost : ghosts.values()) {
      // one that was not seen in the end had ended by itself
      settled.accept(stop(ghost, end - ghost.lastSeen > Duration.ofMinutes(10).toNanos()));
    }
    ghosts.clear();
  }

  private Stop stop(Ghost ghost, boolean whole) {
    long until =
        ghost.activeAt.orElse(Math.min(ghost.lastSeen, ghost.stoppedAt + horizon.toNanos()));
    int gpus =
        ghost.plan.target().extent() instanceof Extent.Known known ? known.devices().size() : 0;
    return new Stop(
        ghost.plan.id(),
        ghost.stoppedAt,
        gpus,
        ghost.plan.saves(),
        ghost.activeAt,
        Duration.ofNanos(until - ghost.stoppedAt),
        whole || ghost.activeAt.isPresent());
  }

  /** What is left of an answer for the board. */
  Observation without(Observation said) {
    note(said);
    settle(said.atNanos());
    if (ghosts.isEmpty()) {
      return said;
    }
    List<WorkloadSighting> workloads = new ArrayList<>();
    for (WorkloadSighting sighting : said.workloads()) {
      SubjectId workload = sighting.subject();
      seen(workload, said.atNanos());
      if (!ghosts.containsKey(workload)) {
        workloads.add(sighting);
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : said.samples()) {
      if (!withhold(sample, said.atNanos())) {
        samples.add(sample);
      }
    }
    List<RunReport> runs = new ArrayList<>();
    for (RunReport run : said.runs()) {
      if (!withhold(run)) {
        runs.add(run);
      }
    }
    return new Observation(
        said.source(),
        said.atNanos(),
        said.interval(),
        samples,
        said.devices(),
        holdings(said),
        workloads,
        left(said.declarations(), Declaration::workload),
        runs,
        said.endpoints(),
        said.drops());
  }

  private void note(Observation said) {
    for (Holding holding : said.holdings()) {
      SortedMap<String, List<SubjectId>> bySource =
          holders.computeIfAbsent(holding.device(), _ -> new TreeMap<>());
      if (holding.answer() instanceof Holding.HeldBy held) {
        bySource.put(said.source(), held.workloads());
      } else {
        bySource.remove(said.source());
      }
    }
  }

  private <T> List<T> left(List<T> all, Function<T, SubjectId> workload) {
    return all.stream().filter(one -> !ghosts.containsKey(workload.apply(one))).toList();
  }

  private List<Holding> holdings(Observation said) {
    List<Holding> left = new ArrayList<>();
    for (Holding holding : said.holdings()) {
      if (!(holding.answer() instanceof Holding.HeldBy held)) {
        left.add(holding);
        continue;
      }
      List<SubjectId> others = left(held.workloads(), one -> one);
      held.workloads().forEach(one -> seen(one, said.atNanos()));
      if (!others.isEmpty()) {
        left.add(new Holding(holding.device(), new Holding.HeldBy(others)));
      }
    }
    return left;
  }

  private void seen(SubjectId workload, long nanos) {
    Ghost ghost = ghosts.get(workload);
    if (ghost != null) {
      ghost.lastSeen = Math.max(ghost.lastSeen, nanos);
    }
  }

  private boolean withhold(Sample sample, long nanos) {
    Collection<List<SubjectId>> whose =
        sample.subject().kind() == SubjectKind.GPU
            ? holders.getOrDefault(sample.subject(), Collections.emptySortedMap()).values()
            : List.of(List.of(sample.subject()));
    boolean held = false;
    for (List<SubjectId> workloads : whose) {
      for (SubjectId workload : workloads) {
        if (!ghosts.containsKey(workload)) {
          return false;
        }
        held = true;
      }
    }
    if (held && Busy.says(sample.signal(), sample.value())) {
      whose.forEach(workloads -> workloads.forEach(workload -> busy(workload, nanos)));
    }
    return held;
  }

  private void busy(SubjectId workload, long nanos) {
    Ghost ghost = ghosts.get(workload);
    if (ghost != null && ghost.idle) {
      active(ghost, nanos);
    }
  }

  private boolean withhold(RunReport run) {
    Ghost ghost = ghosts.get(run.workload());
    if (ghost == null) {
      return false;
    }
    if (!ghost.idle && run.loss().isPresent() && Double.isFinite(run.loss().getAsDouble())) {
      active(ghost, run.atNanos());
    }
    return true;
  }

  private static void active(Ghost ghost, long nanos) {
    if (ghost.activeAt.isEmpty() && nanos > ghost.stoppedAt) {
      ghost.activeAt = OptionalLong.of(nanos);
    }
  }

  /** Forgets who held devices that are not there any more, unless they are withheld. */
  void keepDevices(Set<SubjectId> known) {
    holders
        .entrySet()
        .removeIf(
            entry ->
                !known.contains(entry.getKey())
                    && entry.getValue().values().stream()
                        .noneMatch(by -> by.stream().anyMatch(ghosts::containsKey)));
  }
}
