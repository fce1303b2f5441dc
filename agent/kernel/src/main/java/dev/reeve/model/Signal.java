package dev.reeve.model;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The catalogue of canonical signals. Collectors translate every dialect into these; rules name
 * them by {@link #text()}. No two names may be equal once their dots are underscores.
 */
public enum Signal {
  GPU_ENGINE_ACTIVE(
      "gpu.engine_active",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.PROFILING,
      "share of time in which the graphics or compute engine was busy"),
  GPU_SM_ACTIVE(
      "gpu.sm_active",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.PROFILING,
      "share of cycles with a warp on a multiprocessor, averaged over all of them"),
  GPU_TENSOR_ACTIVE(
      "gpu.tensor_active",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.PROFILING,
      "share of cycles in which the tensor pipe was busy"),
  GPU_DRAM_ACTIVE(
      "gpu.dram_active",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.PROFILING,
      "share of cycles in which device memory moved data"),
  GPU_UTILIZATION(
      "gpu.utilization",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NVML,
      "share of the sample period with at least one kernel resident"),
  GPU_MEMORY_UTILIZATION(
      "gpu.memory_utilization",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NVML,
      "share of time in which the memory controller was busy; not memory in use"),
  GPU_MEMORY_USED(
      "gpu.memory_used", Unit.BYTES, Fold.SUM, WitnessGroup.NONE, "device memory reserved"),
  GPU_MEMORY_FREE(
      "gpu.memory_free", Unit.BYTES, Fold.SUM, WitnessGroup.NONE, "device memory not reserved"),
  GPU_MEMORY_SHARE(
      "gpu.memory_share",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NONE,
      "device memory reserved over all that the device has; formed per device before folding"),
  GPU_POWER("gpu.power", Unit.WATTS, Fold.SUM, WitnessGroup.NVML, "power drawn by the board"),
  GPU_POWER_OVER_IDLE(
      "gpu.power_over_idle",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NVML,
      "power of the board over the idle floor of its model; formed per device before folding"),
  GPU_POWER_SHARE(
      "gpu.power_share",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NVML,
      "power of the board over the most that its model may draw; formed per device before folding"),
  GPU_ENERGY(
      "gpu.energy",
      Unit.JOULES,
      Fold.SUM,
      WitnessGroup.NVML,
      true,
      "energy used since the driver was loaded"),
  GPU_TEMPERATURE(
      "gpu.temperature", Unit.CELSIUS, Fold.EXTREME, WitnessGroup.NONE, "temperature of the GPU"),
  GPU_SM_CLOCK(
      "gpu.sm_clock", Unit.HERTZ, Fold.EXTREME, WitnessGroup.NONE, "clock of the multiprocessors"),
  GPU_PCIE_RATE(
      "gpu.pcie_rate",
      Unit.BYTES_PER_SECOND,
      Fold.SUM,
      WitnessGroup.PROFILING,
      "bytes sent and received over PCIe"),
  GPU_XID(
      "gpu.xid", Unit.COUNT, Fold.EXTREME, WitnessGroup.NONE, "last XID error; it never clears"),
  GPU_NVLINK_RATE(
      "gpu.nvlink_rate",
      Unit.BYTES_PER_SECOND,
      Fold.SUM,
      WitnessGroup.PROFILING,
      "bytes sent and received over NVLink"),
  GPU_FATAL_XIDS(
      "gpu.fatal_xids",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      true,
      "XIDs that need a reset or a reboot, each when it appears; one that merely stays is none"),
  GPU_ECC_UNCORRECTED(
      "gpu.ecc_uncorrected",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      true,
      "memory errors that ECC could not correct, since the driver was loaded"),
  GPU_REMAP_PENDING(
      "gpu.remap_pending",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      "1 while rows of memory wait for a reset to be remapped, else 0"),
  GPU_REMAP_FAILED(
      "gpu.remap_failed",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      "1 if remapping a row of memory has failed, else 0"),
  GPU_RECOVERY_ACTION(
      "gpu.recovery_action",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      "what the driver asks for to recover the GPU, as NVML numbers it; 0 is nothing"),
  GPU_THROTTLED(
      "gpu.throttled",
      Unit.RATIO,
      Fold.EXTREME,
      WitnessGroup.NONE,
      "1 while heat or the power brake holds the clock down, else 0; its mean is a share of time"),
  GPU_PCIE_REPLAYS(
      "gpu.pcie_replays",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      true,
      "PCIe packets that were sent again"),
  GPU_NVLINK_ERRORS(
      "gpu.nvlink_errors",
      Unit.COUNT,
      Fold.EXTREME,
      WitnessGroup.NONE,
      true,
      "times that an NVLink had to recover from errors"),
  PROCESS_ORPHANS(
      "process.orphans",
      Unit.COUNT,
      Fold.SUM,
      WitnessGroup.NONE,
      "processes of it that their login session left behind, with init for a parent"),
  PROCESS_CPU_RATE(
      "process.cpu_rate",
      Unit.CORES,
      Fold.SUM,
      WitnessGroup.CPU_TIME,
      "CPU cores used by the workload's processes, between two readings on the world clock"),
  COST_RATE(
      "cost.rate", Unit.MONEY_PER_HOUR, Fold.SUM, WitnessGroup.NONE, "what it costs in an hour"),
  ENDPOINT_REQUEST_RATE(
      "endpoint.request_rate",
      Unit.PER_SECOND,
      Fold.SUM,
      WitnessGroup.REQUESTS,
      "requests that arrive in a second"),
  ENDPOINT_QUEUE(
      "endpoint.queue", Unit.COUNT, Fold.SUM, WitnessGroup.REQUESTS, "requests that wait"),
  ENDPOINT_RUNNING(
      "endpoint.running",
      Unit.COUNT,
      Fold.SUM,
      WitnessGroup.REQUESTS,
      "requests that are worked on"),
  ENDPOINT_TTFT(
      "endpoint.ttft",
      Unit.SECONDS,
      Fold.BUCKETS,
      WitnessGroup.NONE,
      "time from a request to the first token of its answer");

  private static final Set<Signal> OF_HEALTH =
      EnumSet.of(
          GPU_FATAL_XIDS,
          GPU_ECC_UNCORRECTED,
          GPU_REMAP_PENDING,
          GPU_REMAP_FAILED,
          GPU_RECOVERY_ACTION,
          GPU_THROTTLED,
          GPU_PCIE_REPLAYS,
          GPU_NVLINK_ERRORS);

  private final String text;
  private final Unit unit;
  private final Fold fold;
  private final WitnessGroup group;
  private final boolean counter;
  private final String meaning;

  Signal(String text, Unit unit, Fold fold, WitnessGroup group, String meaning) {
    this(text, unit, fold, group, false, meaning);
  }

  Signal(String text, Unit unit, Fold fold, WitnessGroup group, boolean counter, String meaning) {
    this.text = text;
    this.unit = unit;
    this.fold = fold;
    this.group = group;
    this.counter = counter;
    this.meaning = meaning;
  }

  public String text() {
    return text;
  }

  public Unit unit() {
    return unit;
  }

  public Fold fold() {
    return fold;
  }

  public WitnessGroup group() {
    return group;
  }

  /** Whether it only rises and may reset; its windows speak of increases. */
  public boolean counter() {
    return counter;
  }

  /** Whether it is counted in buckets; its windows have quantiles only. */
  public boolean histogram() {
    return fold == Fold.BUCKETS;
  }

  /** Whether an endpoint shows it. */
  public boolean ofEndpoints() {
    return text.startsWith("endpoint.");
  }

  /** Whether it says how the device itself is, and nothing of what is done with it. */
  public boolean ofHealth() {
    return OF_HEALTH.contains(this);
  }

  public String meaning() {
    return meaning;
  }

  /** The signal of that name, if the catalogue has one. */
  public static Optional<Signal> named(String text) {
    for (Signal signal : values()) {
      if (signal.text.equals(text)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
