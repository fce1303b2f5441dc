package dev.reeve.daemon;

import dev.reeve.board.Snapshot;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionState;
import dev.reeve.guard.Verdict;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.loop.LoopEvents;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Signal;
import dev.reeve.model.Slots;
import dev.reeve.model.Step;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectKind;
import dev.reeve.telemetry.GpuReading;
import dev.reeve.telemetry.Telemetry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns what happens in the loop into numbers. */
final class TelemetryEvents implements LoopEvents {
  private final Telemetry telemetry;
  private final Traces traces;
  private final NoticeBoard notices;
  private final DecisionLog log;

  TelemetryEvents(Telemetry telemetry, Traces traces, NoticeBoard notices, DecisionLog log) {
    this.log = log;
    this.telemetry = telemetry;
    this.traces = traces;
    this.notices = notices;
  }

  @Override
  public void cycled(Cycle cycle, Duration took) {
    telemetry.cycle(took);
    subjects(cycle.snapshot());
    Map<String, Long> byRule = new TreeMap<>();
    for (Judgement found : cycle.findings()) {
      byRule.merge(found.rule().id(), 1L, Long::sum);
    }
    telemetry.findingsOpen(byRule);
    telemetry.episodes(log.locked(TelemetryEvents::byState));
    telemetry.wasting(Sums.wasting(cycle));
    telemetry.gpus(cycle.snapshot().gpus().values().stream().map(g -> reading(g, cycle)).toList());
    traces.cycled(cycle);
  }

  /** A cycle holds only what is open; what is over is in the fold. */
  private static Map<EpisodeState, Long> byState(DecisionState state) {
    Map<EpisodeState, Long> byState = new EnumMap<>(EpisodeState.class);
    Stream.concat(state.openEpisodes().stream(), state.closedEpisodes().stream())
        .forEach(episode -> byState.merge(episode.state(), 1L, Long::sum));
    return byState;
  }

  private void subjects(Snapshot snapshot) {
    for (SubjectKind kind : List.of(SubjectKind.WORKLOAD, SubjectKind.GPU, SubjectKind.RUN)) {
      long all = snapshot.subjects().stream().filter(s -> s.id().kind() == kind).count();
      long known =
          snapshot.subjects().stream()
              .filter(s -> s.id().kind() == kind)
              .filter(s -> anyKnown(s.slots()))
              .count();
      telemetry.subjects(kind, known, all - known);
    }
  }

  /** Whether anything that the rules ask of it is known. */
  private static boolean anyKnown(Slots slots) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slots.known(slot)) {
        return true;
      }
    }
    return false;
  }

  private static GpuReading reading(Subject.Gpu gpu, Cycle cycle) {
    Map<Signal, Double> latest = cycle.snapshot().latest().getOrDefault(gpu.id(), Map.of());
    return new GpuReading(
        gpu.id().key(),
        gpu.device().model(),
        value(latest, Signal.GPU_UTILIZATION),
        value(latest, Signal.GPU_MEMORY_USED),
        gpu.device().memoryBytes() > 0
            ? OptionalDouble.of((double) gpu.device().memoryBytes())
            : OptionalDouble.empty(),
        value(latest, Signal.GPU_POWER),
        value(latest, Signal.GPU_ENERGY),
        value(latest, Signal.GPU_TEMPERATURE));
  }

  private static OptionalDouble value(Map<Signal, Double> latest, Signal signal) {
    Double value = latest.get(signal);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  @Override
  public void judged(Plan plan, Step step, Verdict verdict) {
    telemetry.verdict(verdict.guard(), verdict.word());
    traces.judged(plan, step, verdict);
  }

  @Override
  public void stepped(Plan plan, Step step, Outcome outcome) {
    telemetry.step(plan.workload().platform() + "/" + step.name(), outcome.word());
    traces.stepped(plan, step, outcome);
  }

  @Override
  public void noticed(Episode episode, String channel, boolean delivered) {
    telemetry.notice(channel, delivered);
    traces.noticed(episode, channel, delivered);
    notices.noticed(episode, channel, delivered);
  }

  @Override
  public void closed(Plan plan, Decision.PlanClosed closed) {
    traces.closed(plan, closed);
  }
}
