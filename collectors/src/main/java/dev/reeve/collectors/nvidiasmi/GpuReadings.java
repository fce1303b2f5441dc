package dev.reeve.collectors.nvidiasmi;

import dev.reeve.model.Device;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.platform.node.GpuRow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Translates the columns of nvidia-smi into canonical signals and units. */
final class GpuReadings {
  private static final double MEBIBYTE = 1 << 20;

  /**
   * A column and what it means.
   *
   * @param factor from the unit of the column to that of the signal
   * @param most the largest value that can be true, in the unit of the column
   */
  private record Column(String name, Signal signal, double factor, double most) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("utilization.gpu", Signal.GPU_UTILIZATION, 0.01, 100),
          new Column("utilization.memory", Signal.GPU_MEMORY_UTILIZATION, 0.01, 100),
          new Column("memory.used", Signal.GPU_MEMORY_USED, MEBIBYTE, 1 << 24),
          new Column("memory.free", Signal.GPU_MEMORY_FREE, MEBIBYTE, 1 << 24),
          new Column("power.draw", Signal.GPU_POWER, 1, 10_000),
          new Column("temperature.gpu", Signal.GPU_TEMPERATURE, 1, 150),
          new Column("clocks.sm", Signal.GPU_SM_CLOCK, 1e6, 100_000),
          new Column("clocks.current.sm", Signal.GPU_SM_CLOCK, 1e6, 100_000),
          new Column("ecc.errors.uncorrected.volatile.total", Signal.GPU_ECC_UNCORRECTED, 1, 1e9),
          new Column("remapped_rows.pending", Signal.GPU_REMAP_PENDING, 1, 1),
          new Column("remapped_rows.failure", Signal.GPU_REMAP_FAILED, 1, 1),
          new Column("gpu_recovery_action", Signal.GPU_RECOVERY_ACTION, 1, 64));

  /** Why the clock is held down: by heat, or by the power brake. */
  private static final List<String> HARMFUL_REASONS =
      List.of("sw_thermal_slowdown", "hw_thermal_slowdown", "hw_power_brake_slowdown");

  private final List<Device> devices = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final SortedMap<String, Long> drops = new TreeMap<>();

  GpuReadings(List<GpuRow> gpus, String node) {
    for (GpuRow gpu : gpus) {
      SubjectId id = SubjectId.gpu(gpu.uuid());
      long memory = Math.round(gpu.reading("memory.total").orElse(0) * MEBIBYTE);
      devices.add(new Device(id, gpu.name(), gpu.index(), node, "", memory));
      for (Column column : COLUMNS) {
        read(gpu, column, id);
      }
      throttled(gpu).ifPresent(share -> samples.add(new Sample(id, Signal.GPU_THROTTLED, share)));
    }
  }

  /** Known when each reason is; one that holds it down is enough. */
  private static OptionalDouble throttled(GpuRow gpu) {
    double most = 0;
    boolean known = true;
    for (String reason : HARMFUL_REASONS) {
      OptionalDouble newer = gpu.reading("clocks_event_reasons." + reason);
      OptionalDouble said =
          newer.isPresent() ? newer : gpu.reading("clocks_throttle_reasons." + reason);
      known &= said.isPresent();
      most = Math.max(most, said.orElse(0));
    }
    return known || most > 0 ? OptionalDouble.of(most) : OptionalDouble.empty();
  }

  private void read(GpuRow gpu, Column column, SubjectId id) {
    OptionalDouble value = gpu.reading(column.name());
    if (value.isEmpty()) {
      return;
    }
    if (value.getAsDouble() < 0 || value.getAsDouble() > column.most()) {
      drops.merge("out_of_range", 1L, Long::sum);
      return;
    }
    samples.add(new Sample(id, column.signal(), value.getAsDouble() * column.factor()));
  }

  List<Device> devices() {
    return devices;
  }

  List<Sample> samples() {
    return samples;
  }

  SortedMap<String, Long> drops() {
    return drops;
  }
}
