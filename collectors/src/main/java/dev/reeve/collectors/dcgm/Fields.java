package dev.reeve.collectors.dcgm;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The metric names that are understood. Each is written out: a name that merely looks like a ratio
/// or like bytes has been wrong by a factor of 100 and of 1,048,576 before.
///
/// Of 4.9 only names that a release note or a header spells are here; those of its memory families
/// and of its copy, encoder and decoder utilization are not known for certain.
final class Fields {
  private static final Map<String, Field> BEFORE_4_9 =
      Map.ofEntries(
          entry("DCGM_FI_DEV_SM_CLOCK", new Field(Quantity.SM_CLOCK, Scale.MEGAHERTZ)),
          entry("DCGM_FI_DEV_GPU_TEMP", new Field(Quantity.TEMPERATURE, Scale.PLAIN)),
          entry("DCGM_FI_DEV_POWER_USAGE", new Field(Quantity.POWER, Scale.PLAIN)),
          entry(
              "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
              new Field(Quantity.ENERGY, Scale.MILLIJOULES)),
          entry("DCGM_FI_DEV_GPU_UTIL", new Field(Quantity.UTILIZATION, Scale.PERCENT)),
          entry("DCGM_FI_DEV_MEM_COPY_UTIL", new Field(Quantity.MEMORY_UTILIZATION, Scale.PERCENT)),
          entry("DCGM_FI_DEV_XID_ERRORS", new Field(Quantity.XID, Scale.PLAIN)),
          entry("DCGM_FI_DEV_FB_USED", new Field(Quantity.MEMORY_USED, Scale.MEBIBYTES)),
          entry("DCGM_FI_DEV_FB_FREE", new Field(Quantity.MEMORY_FREE, Scale.MEBIBYTES)),
          entry("DCGM_FI_DEV_FB_RESERVED", new Field(Quantity.MEMORY_RESERVED, Scale.MEBIBYTES)),
          entry("DCGM_FI_DEV_FB_TOTAL", new Field(Quantity.MEMORY_TOTAL, Scale.MEBIBYTES)),
          entry("DCGM_FI_PROF_GR_ENGINE_ACTIVE", new Field(Quantity.ENGINE_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_SM_ACTIVE", new Field(Quantity.SM_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", new Field(Quantity.TENSOR_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_DRAM_ACTIVE", new Field(Quantity.DRAM_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_PCIE_TX_BYTES", new Field(Quantity.PCIE_SENT, Scale.PLAIN)),
          entry("DCGM_FI_PROF_PCIE_RX_BYTES", new Field(Quantity.PCIE_RECEIVED, Scale.PLAIN)),
          entry("DCGM_FI_PROF_NVLINK_TX_BYTES", new Field(Quantity.NVLINK_SENT, Scale.PLAIN)),
          entry("DCGM_FI_PROF_NVLINK_RX_BYTES", new Field(Quantity.NVLINK_RECEIVED, Scale.PLAIN)),
          entry("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", new Field(Quantity.ECC_UNCORRECTED, Scale.PLAIN)),
          entry("DCGM_FI_DEV_ROW_REMAP_PENDING", new Field(Quantity.REMAP_PENDING, Scale.PLAIN)),
          entry("DCGM_FI_DEV_ROW_REMAP_FAILURE", new Field(Quantity.REMAP_FAILED, Scale.PLAIN)),
          entry(
              "DCGM_FI_DEV_GPU_RECOVERY_ACTION", new Field(Quantity.RECOVERY_ACTION, Scale.PLAIN)),
          entry(
              "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS",
              new Field(Quantity.THROTTLED, Scale.CLOCK_REASONS)),
          entry(
              "DCGM_FI_DEV_CLOCKS_EVENT_REASONS",
              new Field(Quantity.THROTTLED, Scale.CLOCK_REASONS)),
          entry("DCGM_FI_DEV_PCIE_REPLAY_COUNTER", new Field(Quantity.PCIE_REPLAYS, Scale.PLAIN)),
          entry(
              "DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL",
              new Field(Quantity.NVLINK_ERRORS, Scale.PLAIN)));

  private static final Map<String, Field> SINCE_4_9 =
      Map.ofEntries(
          entry("DCGM_FI_DEV_SM_CLOCK_HERTZ", new Field(Quantity.SM_CLOCK, Scale.PLAIN)),
          entry("DCGM_FI_DEV_GPU_TEMP_CELSIUS", new Field(Quantity.TEMPERATURE, Scale.PLAIN)),
          entry("DCGM_FI_DEV_BOARD_POWER_WATTS", new Field(Quantity.POWER, Scale.PLAIN)),
          entry("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", new Field(Quantity.ENERGY, Scale.PLAIN)),
          entry(
              "DCGM_FI_DEV_GPU_UTIL_RATIO",
              new Field(Quantity.UTILIZATION, Scale.RATIO_OR_PERCENT)),
          entry("DCGM_FI_DEV_XID_ERROR", new Field(Quantity.XID, Scale.PLAIN)),
          entry("DCGM_FI_DEV_ROW_REMAP_FAILED", new Field(Quantity.REMAP_FAILED, Scale.PLAIN)),
          entry("DCGM_FI_DEV_PCIE_REPLAY_TOTAL", new Field(Quantity.PCIE_REPLAYS, Scale.PLAIN)),
          entry("DCGM_FI_DEV_FB_CAPACITY_BYTES", new Field(Quantity.MEMORY_TOTAL, Scale.PLAIN)),
          entry(
              "DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO", new Field(Quantity.ENGINE_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_SM_UTIL_RATIO", new Field(Quantity.SM_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_TENSOR_UTIL_RATIO", new Field(Quantity.TENSOR_ACTIVE, Scale.RATIO)),
          entry("DCGM_FI_PROF_DRAM_UTIL_RATIO", new Field(Quantity.DRAM_ACTIVE, Scale.RATIO)));

  private static final Map<String, Field> OF_1_X =
      Map.ofEntries(
          entry("dcgm_sm_clock", new Field(Quantity.SM_CLOCK, Scale.MEGAHERTZ)),
          entry("dcgm_gpu_temp", new Field(Quantity.TEMPERATURE, Scale.PLAIN)),
          entry("dcgm_power_usage", new Field(Quantity.POWER, Scale.PLAIN)),
          entry("dcgm_total_energy_consumption", new Field(Quantity.ENERGY, Scale.MILLIJOULES)),
          entry("dcgm_gpu_utilization", new Field(Quantity.UTILIZATION, Scale.PERCENT)),
          entry("dcgm_mem_copy_utilization", new Field(Quantity.MEMORY_UTILIZATION, Scale.PERCENT)),
          entry("dcgm_xid_errors", new Field(Quantity.XID, Scale.PLAIN)),
          entry("dcgm_pcie_replay_counter", new Field(Quantity.PCIE_REPLAYS, Scale.PLAIN)),
          entry("dcgm_fb_used", new Field(Quantity.MEMORY_USED, Scale.MEBIBYTES)),
          entry("dcgm_fb_free", new Field(Quantity.MEMORY_FREE, Scale.MEBIBYTES)),
          entry("dcgm_fi_prof_gr_engine_active", new Field(Quantity.ENGINE_ACTIVE, Scale.RATIO)),
          entry("dcgm_fi_prof_sm_active", new Field(Quantity.SM_ACTIVE, Scale.RATIO)),
          entry("dcgm_fi_prof_pipe_tensor_active", new Field(Quantity.TENSOR_ACTIVE, Scale.RATIO)),
          entry("dcgm_fi_prof_dram_active", new Field(Quantity.DRAM_ACTIVE, Scale.RATIO)));

  private Fields() {}

  /// All names that are understood.
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(BEFORE_4_9.keySet());
    names.addAll(SINCE_4_9.keySet());
    names.addAll(OF_1_X.keySet());
    return names;
  }

  /// What a name means, if it means anything to Reeve.
  static Optional<Field> named(String metric) {
    Field field = BEFORE_4_9.get(metric);
    field = field == null ? SINCE_4_9.get(metric) : field;
    return Optional.ofNullable(field == null ? OF_1_X.get(metric) : field);
  }

  /// Whether a name is one of DCGM's, understood or not.
  static boolean isDcgm(String metric) {
    return metric.startsWith("DCGM_FI_") || metric.startsWith("dcgm_");
  }
}
