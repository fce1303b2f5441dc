package dev.reeve.daemon;

import dev.reeve.loop.Cycle;
import dev.reeve.model.Episode;
import dev.reeve.model.Holding;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One word for a GPU, for screens. "Idle" is a reading of now; "wasting" is a finding. */
enum GpuState {
  BUSY,
  IDLE,
  WASTING,
  ACTING,
  PROTECTED,
  UNKNOWN;

  private static final double IDLE_BELOW = 0.01;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static GpuState of(Cycle cycle, Subject.Gpu gpu) {
    List<SubjectId> holders =
        gpu.holding() instanceof Holding.HeldBy held ? held.workloads() : List.of();
    for (Episode episode : cycle.episodes()) {
      if (holders.contains(episode.subject()) && episode.state().acting()) {
        return ACTING;
      }
    }
    boolean found =
        cycle.findings().stream()
            .anyMatch(
                finding ->
                    finding.subject().equals(gpu.id()) || holders.contains(finding.subject()));
    if (found) {
      return guarded(cycle, holders) ? PROTECTED : WASTING;
    }
    return now(cycle.snapshot().latest().getOrDefault(gpu.id(), Map.of()));
  }

  private static boolean guarded(Cycle cycle, List<SubjectId> holders) {
    return holders.stream()
        .flatMap(holder -> cycle.snapshot().subject(holder).stream())
        .anyMatch(
            subject ->
                subject instanceof Subject.Workload workload
                    && workload.sighting().protection().isProtected());
  }

  private static GpuState now(Map<Signal, Double> latest) {
    double most = -1;
    for (Signal signal :
        List.of(Signal.GPU_ENGINE_ACTIVE, Signal.GPU_SM_ACTIVE, Signal.GPU_UTILIZATION)) {
      most = Math.max(most, latest.getOrDefault(signal, -1.0));
    }
    return most < 0 ? UNKNOWN : most < IDLE_BELOW ? IDLE : BUSY;
  }
}
