package dev.reeve.collectors.nvidiasmi;

import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.Member;
import dev.reeve.platform.node.NodeWorkload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU cores that workloads used between two polls.
 *
 * <p>A process's time includes that of its ended children, so the sum over a tree does not fall
 * when one of its processes ends. Where it falls all the same (a child that nobody waited for), the
 * rate is not known.
 */
final class CpuRates {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ on x86_64 and aarch64
  private static final double SHORTEST_SECONDS = 0.05;

  private record Reading(long atNanos, long ticks) {}

  private Map<SubjectId, Reading> last = Map.of();

  /**
   * The rates since the last call; none for a workload that is new.
   *
   * @param atNanos world clock, when the processes were read
   */
  List<Sample> since(Iterable<NodeWorkload> workloads, long atNanos) {
    Map<SubjectId, Reading> now = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (NodeWorkload workload : workloads) {
      long ticks = 0;
      for (Member member : workload.members()) {
        ticks += member.process().cpuTicks();
      }
      SubjectId subject = workload.sighting().subject();
      Reading reading = new Reading(atNanos, ticks);
      now.put(subject, reading);
      Reading before = last.get(subject);
      double seconds = before == null ? 0 : (atNanos - before.atNanos()) / 1e9;
      if (before != null && ticks >= before.ticks() && seconds >= SHORTEST_SECONDS) {
        double cores = (ticks - before.ticks()) / TICKS_PER_SECOND / seconds;
        samples.add(new Sample(subject, Signal.PROCESS_CPU_RATE, cores));
      }
    }
    last = now;
    return samples;
  }
}
