package dev.reeve.collectors.nvidiasmi;

import dev.reeve.model.Holding;
import dev.reeve.platform.node.GpuRow;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an empty process list means. It is also empty when the processes live in another pid
 * namespace, so it counts only where nothing could be hidden and the GPU itself shows nobody's
 * work.
 */
record Emptiness(Optional<String> obstructed) {
  /** A context takes hundreds of MiB; an idle driver some. */
  private static final double EMPTY_MEBIBYTES = 16;

  /** Share of the power limit; boards idle at 5 to 15 % of theirs. */
  private static final double IDLE_POWER = 0.25;

  Holding.Answer of(GpuRow gpu) {
    if (obstructed.isPresent()) {
      return new Holding.Unsure("its process list is empty, but " + obstructed.get());
    }
    OptionalDouble memory = gpu.reading("memory.used");
    OptionalDouble engine = gpu.reading("utilization.gpu");
    OptionalDouble power = gpu.reading("power.draw");
    OptionalDouble limit = gpu.reading("enforced.power.limit");
    if (memory.isEmpty() || engine.isEmpty() || power.isEmpty() || limit.isEmpty()) {
      return new Holding.Unsure(
          "its process list is empty, and memory, engine or power cannot be read");
    }
    if (memory.getAsDouble() > EMPTY_MEBIBYTES) {
      return new Holding.Unsure(
          "its process list is empty, but " + Math.round(memory.getAsDouble()) + " MiB are in use");
    }
    if (engine.getAsDouble() > 0) {
      return new Holding.Unsure("its process list is empty, but its engine is busy");
    }
    if (power.getAsDouble() > limit.getAsDouble() * IDLE_POWER) {
      return new Holding.Unsure("its process list is empty, but it draws more power than at rest");
    }
    return new Holding.Nobody(
        "the process list is empty, no process is hidden from here, and memory, engine and power"
            + " are at rest");
  }
}
