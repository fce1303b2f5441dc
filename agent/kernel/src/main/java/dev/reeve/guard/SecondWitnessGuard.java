package dev.reeve.guard;

import dev.reeve.model.Evidence;
import dev.reeve.model.Signal;
import dev.reeve.model.Truth;
import dev.reeve.model.Window;
import dev.reeve.model.WitnessGroup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A zero is suspect. Witnesses of two groups must carry the evidence, and where it says "idle", no
 * witness that was seen may say "busy", whether the rule asked it or not.
 *
 * <p>Sources: Google's outage of 14 December 2020 (a quota cut on use reported as zero); profiling
 * counters that stick at 0 while the GPU works (NVIDIA/DCGM issue 303, dcgm-exporter issue 662).
 */
final class SecondWitnessGuard implements Guard {
  /** Whether something is called waste because it does little. */
  static boolean idleness(Question question) {
    return question.situation().finding().stream()
        .flatMap(finding -> finding.evidence().stream())
        .anyMatch(one -> bearsWitness(one) && one.comparison().startsWith("<"));
  }

  private static boolean bearsWitness(Evidence evidence) {
    return evidence.truth() == Truth.CONFIRMED && evidence.group() != WitnessGroup.NONE;
  }

  @Override
  public String name() {
    return "second_witness";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (question.underWay()) {
      return Optional.empty();
    }
    List<Evidence> evidence =
        question.situation().finding().map(finding -> finding.evidence()).orElse(List.of());
    SortedSet<WitnessGroup> groups = new TreeSet<>();
    for (Evidence one : evidence) {
      if (bearsWitness(one)) {
        groups.add(one.group());
      }
    }
    if (groups.size() < 2) {
      return deny(
          "only "
              + (groups.isEmpty() ? "no group" : groups.first().text())
              + " bears witness; a second group is needed (profiling, nvml, cpu_time, run,"
              + " requests)");
    }
    return idleness(question) ? contradiction(question.situation().witnesses()) : Optional.empty();
  }

  private Optional<Verdict> contradiction(Map<Signal, Window> witnesses) {
    for (Map.Entry<Signal, Double> busy : Busy.LEAST.entrySet()) {
      Signal signal = busy.getKey();
      if (witnesses.get(signal) instanceof Window.Known window) {
        double seen = signal == Signal.PROCESS_CPU_RATE ? window.mean() : window.max();
        if (seen >= busy.getValue()) {
          return deny(
              String.format(
                  Locale.ROOT,
                  "%s says it is busy: %.3f where idle is below %.2f",
                  signal.text(),
                  seen,
                  busy.getValue()));
        }
      }
    }
    return Optional.empty();
  }
}
