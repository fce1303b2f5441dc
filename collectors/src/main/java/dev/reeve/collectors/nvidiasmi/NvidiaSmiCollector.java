package dev.reeve.collectors.nvidiasmi;

import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.platform.node.Environment;
import dev.reeve.platform.node.GpuProcesses;
import dev.reeve.platform.node.GpuRow;
import dev.reeve.platform.node.NodeWorkload;
import dev.reeve.platform.node.NvidiaSmi;
import dev.reeve.platform.node.ProcessTable;
import dev.reeve.platform.node.Sight;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.platform.node.WorkloadResolver;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Collector;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who holds the GPUs of this node, how much CPU the holders use, and how the GPUs are used. */
final class NvidiaSmiCollector implements Collector {
  static final String NAME = "nvidia_smi";

  private final NvidiaSmiConfig config;
  private final ThisNode node;
  private final Clocks clocks;
  private final NvidiaSmi smi;
  private final CpuRates cpuRates = new CpuRates();

  NvidiaSmiCollector(NvidiaSmiConfig config, ThisNode node, Clocks clocks) {
    this.config = config;
    this.node = node;
    this.clocks = clocks;
    this.smi = new NvidiaSmi(config.command());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  @Override
  public Observation collect() throws CollectException, InterruptedException {
    long asked = clocks.world().nanos();
    return switch (smi.ask()) {
      case NvidiaSmi.Answer.Failed(NvidiaSmi.Failure failure, String reason) ->
          throw new CollectException(reason(failure), reason);
      case NvidiaSmi.Answer.Read(List<GpuRow> gpus, GpuProcesses processes) ->
          observe(gpus, processes, asked);
    };
  }

  private Observation observe(List<GpuRow> gpus, GpuProcesses processes, long asked)
      throws CollectException {
    ProcessTable table;
    try {
      table = ProcessTable.read(node.proc(), new Environment.Kept(Set.of()));
    } catch (IOException e) {
      throw new CollectException(
          CollectException.Reason.NOT_PERMITTED, node.proc() + " cannot be read", e);
    }
    long readNanos = clocks.world().nanos();
    Attribution attribution =
        new Attribution(
            new WorkloadResolver(node, table, processes),
            processes,
            new Emptiness(Sight.obstructed(node, table)),
            asked);
    List<Holding> holdings = attribution.holdings(gpus);
    List<WorkloadSighting> workloads =
        attribution.workloads().stream().map(NodeWorkload::sighting).toList();
    GpuReadings readings = new GpuReadings(gpus, config.host());
    List<Sample> samples = new ArrayList<>(cpuRates.since(attribution.workloads(), readNanos));
    for (NodeWorkload workload : attribution.workloads()) {
      SubjectId subject = workload.sighting().subject();
      workload
          .orphans()
          .ifPresent(count -> samples.add(new Sample(subject, Signal.PROCESS_ORPHANS, count)));
    }
    if (config.telemetry()) {
      samples.addAll(readings.samples());
    }
    return new Observation(
        NAME,
        clocks.evidence().nanos(),
        config.interval(),
        samples,
        readings.devices(),
        holdings,
        workloads,
        List.of(),
        List.of(),
        List.of(),
        readings.drops());
  }

  private static CollectException.Reason reason(NvidiaSmi.Failure failure) {
    return switch (failure) {
      case NOT_FOUND -> CollectException.Reason.NOT_FOUND;
      case TIMEOUT -> CollectException.Reason.TIMEOUT;
      case TOO_LARGE -> CollectException.Reason.TOO_LARGE;
      case GARBAGE -> CollectException.Reason.GARBAGE;
      case FAILED -> CollectException.Reason.FAILED;
    };
  }
}
