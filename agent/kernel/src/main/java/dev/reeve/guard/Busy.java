package dev.reeve.guard;

import dev.reeve.model.Signal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** From where on a witness says "busy"; the shipped rules call less than 1 % idle. */
public final class Busy {
  static final SortedMap<Signal, Double> LEAST =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  Signal.GPU_ENGINE_ACTIVE, 0.01,
                  Signal.GPU_SM_ACTIVE, 0.01,
                  Signal.GPU_UTILIZATION, 0.01,
                  // Power of a loaded board is 4 to 10 times its idle floor; 1.5 leaves room for
                  // the fans.
                  Signal.GPU_POWER_OVER_IDLE, 1.5,
                  // Half a core over the whole span is work, if not the GPU's.
                  Signal.PROCESS_CPU_RATE, 0.5)));

  private Busy() {}

  /** Whether one reading alone says so; a signal that is no witness never does. */
  public static boolean says(Signal signal, double value) {
    Double least = LEAST.get(signal);
    return least != null && value >= least;
  }
}
