package dev.reeve.collectors.nvidiasmi;

import dev.reeve.model.Holding;
import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.GpuRow;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.WorkloadResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who holds which GPU, by the process lists and the processes in one snapshot. */
final class Attribution {
  private static final long NANOS_PER_TICK = 10_000_000;

  private final WorkloadResolver resolver;
  private final GpuProcesses processes;
  private final Emptiness emptiness;
  private final long askedNanos;
  private final SortedMap<SubjectId, NodeWorkload> workloads = new TreeMap<>();

  /**
   * @param askedNanos nanoseconds since boot, before the process lists were asked for: a process
   *     that is younger has taken over the pid of the one that was listed
   */
  Attribution(
      WorkloadResolver resolver, GpuProcesses processes, Emptiness emptiness, long askedNanos) {
    this.resolver = resolver;
    this.processes = processes;
    this.emptiness = emptiness;
    this.askedNanos = askedNanos;
  }

  List<Holding> holdings(List<GpuRow> gpus) {
    List<Holding> holdings = new ArrayList<>();
    for (GpuRow gpu : gpus) {
      holdings.add(new Holding(SubjectId.gpu(gpu.uuid()), answer(gpu)));
    }
    for (SubjectId instance : processes.boards()) { // to know the workloads, if not their devices
      holders(processes.pids().getOrDefault(instance, new TreeSet<>()), new TreeSet<>());
    }
    return holdings;
  }

  private Holding.Answer answer(GpuRow gpu) {
    SubjectId device = SubjectId.gpu(gpu.uuid());
    if (processes.incomplete().isPresent()) {
      return new Holding.Unsure(processes.incomplete().get());
    }
    if (gpu.divided()) {
      return new Holding.Unsure("it is divided, and the process list does not name the instance");
    }
    SortedSet<Long> pids = processes.pids().get(device);
    if (pids == null) {
      return emptiness.of(gpu);
    }
    SortedSet<SubjectId> holders = new TreeSet<>();
    Optional<String> unsure = holders(pids, holders);
    return unsure.isPresent()
        ? new Holding.Unsure(unsure.get())
        : new Holding.HeldBy(List.copyOf(holders));
  }

  /** Adds the workloads of these pids; why one of them has none, if so. */
  private Optional<String> holders(SortedSet<Long> pids, SortedSet<SubjectId> holders) {
    Optional<String> unsure = Optional.empty();
    for (long pid : pids) {
      switch (resolver.ofGpuProcess(pid)) {
        case WorkloadResolver.Resolution.Gone() ->
            unsure = Optional.of("process " + pid + " of its list is not seen here");
        case WorkloadResolver.Resolution.Found(NodeWorkload workload) -> {
          if (startedAfterAsking(workload, pid)) {
            unsure = Optional.of("process " + pid + " of its list is another one by now");
          } else {
            holders.add(workload.sighting().subject());
            workloads.put(workload.sighting().subject(), workload);
          }
        }
      }
    }
    return unsure;
  }

  private boolean startedAfterAsking(NodeWorkload workload, long pid) {
    return workload.members().stream()
        .filter(member -> member.process().pid() == pid)
        .anyMatch(member -> member.key().startTicks() > askedNanos / NANOS_PER_TICK);
  }

  /** The workloads that were found, in the order of their names. */
  Collection<NodeWorkload> workloads() {
    return workloads.values();
  }
}
