package dev.reeve.collectors.dcgm;

import dev.reeve.model.Signal;
import java.util.Optional;

/// What a field measures, in canonical units, and what it is a property of.
enum Quantity {
  ENGINE_ACTIVE(Signal.GPU_ENGINE_ACTIVE, Of.DEVICE, 1),
  SM_ACTIVE(Signal.GPU_SM_ACTIVE, Of.DEVICE, 1),
  TENSOR_ACTIVE(Signal.GPU_TENSOR_ACTIVE, Of.DEVICE, 1),
  DRAM_ACTIVE(Signal.GPU_DRAM_ACTIVE, Of.DEVICE, 1),
  UTILIZATION(Signal.GPU_UTILIZATION, Of.WHOLE_GPU, 1),
  MEMORY_UTILIZATION(Signal.GPU_MEMORY_UTILIZATION, Of.WHOLE_GPU, 1),
  MEMORY_USED(Signal.GPU_MEMORY_USED, Of.DEVICE, 1L << 50),
  MEMORY_FREE(Signal.GPU_MEMORY_FREE, Of.DEVICE, 1L << 50),
  MEMORY_RESERVED(Of.DEVICE, 1L << 50),
  MEMORY_TOTAL(Of.DEVICE, 1L << 50),
  POWER(Signal.GPU_POWER, Of.BOARD, 1e5),
  ENERGY(Signal.GPU_ENERGY, Of.BOARD, 1e15),
  TEMPERATURE(Signal.GPU_TEMPERATURE, Of.BOARD, 200),
  SM_CLOCK(Signal.GPU_SM_CLOCK, Of.BOARD, 1e11),
  PCIE_SENT(Of.BOARD, 1e13),
  PCIE_RECEIVED(Of.BOARD, 1e13),
  NVLINK_SENT(Of.BOARD, 1e13),
  NVLINK_RECEIVED(Of.BOARD, 1e13),
  XID(Signal.GPU_XID, Of.BOARD, 1e4),
  ECC_UNCORRECTED(Signal.GPU_ECC_UNCORRECTED, Of.BOARD, 1e9),
  REMAP_PENDING(Signal.GPU_REMAP_PENDING, Of.BOARD, 1),
  REMAP_FAILED(Signal.GPU_REMAP_FAILED, Of.BOARD, 1),
  RECOVERY_ACTION(Signal.GPU_RECOVERY_ACTION, Of.BOARD, 64),
  THROTTLED(Signal.GPU_THROTTLED, Of.BOARD, 1),
  PCIE_REPLAYS(Signal.GPU_PCIE_REPLAYS, Of.BOARD, 1e12),
  NVLINK_ERRORS(Signal.GPU_NVLINK_ERRORS, Of.BOARD, 1e12);

  /// What a reading is a property of when the board is cut into MIG instances.
  enum Of {
    /// The instance, if the series names one.
    DEVICE,
    /// The board: its instances repeat the same reading, taken at slightly different moments.
    BOARD,
    /// The board, and only while it isn't cut: with MIG nobody measures it, and old releases print
    /// 0.
    WHOLE_GPU
  }

  private final Optional<Signal> signal;
  private final Of of;
  private final double most;

  Quantity(Signal signal, Of of, double most) {
    this.signal = Optional.of(signal);
    this.of = of;
    this.most = most;
  }

  Quantity(Of of, double most) {
    this.signal = Optional.empty();
    this.of = of;
    this.most = most;
  }

  /// The signal that it is by itself; some are only parts of one.
  Optional<Signal> signal() {
    return signal;
  }

  Of of() {
    return of;
  }

  /// Whether a reading can be true. One that can't is dropped, never pulled to the nearest true
  /// one: that would make a broken counter look like work.
  boolean possible(double value) {
    return value >= (this == TEMPERATURE ? -60 : 0) && value <= most;
  }

  /// Of several readings of one device (one for each sharing pod, job or instance), the one that
  /// looks least idle.
  double fold(double one, double other) {
    return this == MEMORY_FREE ? Math.min(one, other) : Math.max(one, other);
  }
}
