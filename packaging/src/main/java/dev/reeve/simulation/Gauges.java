package dev.reeve.simulation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** What the GPUs show just now, to whoever reads them. */
final class Gauges {
  private static final int MEBIBYTES = 81_559;

  private final World world;
  private final Random noise;
  private final double[] energy = new double[World.GPUS];
  private boolean lying;
  private long lyingSince;
  private long lyingUntil;

  Gauges(World world, Random noise) {
    this.world = world;
    this.noise = noise;
  }

  /** From now on every GPU is shown idle, by whatever way it is read. */
  void lie(boolean so) {
    lying = so;
    if (so) {
      lyingSince = world.clock.nanos();
    } else {
      lyingUntil = world.clock.nanos();
    }
  }

  /** Whether the newest time in which all lied is shorter than this, or is so far. */
  boolean liedFor(long atMost) {
    return (lying ? world.clock.nanos() : lyingUntil) - lyingSince < atMost;
  }

  boolean lying() {
    return lying;
  }

  /** The counters begin anew, as after a restart of the driver. */
  void restart() {
    Arrays.fill(energy, 0);
  }

  boolean busy(int gpu) {
    return !lying && works(gpu);
  }

  private boolean works(int gpu) {
    return world.holder(gpu).map(workload -> workload.busy(world.clock.minute())).orElse(false);
  }

  boolean held(int gpu) {
    return world.holder(gpu).isPresent();
  }

  /** Somebody was told of a GPU, truly or not. */
  void told(int gpu, boolean honest) {
    Optional<Workload> holder = world.holder(gpu);
    int minute = world.clock.minute();
    if (holder.isPresent()) {
      holder.get().sampled[minute] = true;
      holder.get().lied[minute] |= lying;
      if (honest && works(gpu)) {
        holder.get().toldBusy[minute] = true;
      }
    }
  }

  int usedMebibytes(int gpu) {
    return held(gpu) ? 30_000 : 4;
  }

  int freeMebibytes(int gpu) {
    return MEBIBYTES - usedMebibytes(gpu);
  }

  /** A hung kernel spins: all of utilization, and little power. */
  private boolean hung(int gpu) {
    return world.holder(gpu).map(workload -> workload.role == Role.HUNG).orElse(false);
  }

  int utilization(int gpu) {
    return busy(gpu) ? hung(gpu) ? 100 : 92 + noise.nextInt(8) : 0;
  }

  double power(int gpu) {
    return (busy(gpu) ? hung(gpu) ? 130 : 610 : 69) + noise.nextInt(300) / 100.0;
  }

  int temperature(int gpu) {
    return (busy(gpu) ? 61 : 29) + noise.nextInt(3);
  }

  int clock(int gpu) {
    return busy(gpu) ? 1_980 - 15 * noise.nextInt(4) : 345;
  }

  /** The value of a family of a dcgm-exporter; one that lies alone says idle. */
  String value(String family, int gpu, boolean idle) {
    boolean busy = busy(gpu) && !idle;
    return switch (family) {
      case "DCGM_FI_DEV_GPU_UTIL" -> Integer.toString(idle ? 0 : utilization(gpu));
      case "DCGM_FI_PROF_GR_ENGINE_ACTIVE" ->
          busy ? "0." + (900 + noise.nextInt(90)) + "000" : "0.000000";
      case "DCGM_FI_DEV_FB_USED" -> Integer.toString(usedMebibytes(gpu));
      case "DCGM_FI_DEV_FB_FREE" -> Integer.toString(freeMebibytes(gpu));
      case "DCGM_FI_DEV_POWER_USAGE" ->
          idle ? "69." + (10 + noise.nextInt(89)) : Double.toString(power(gpu));
      case "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION" ->
          Long.toString((long) (energy[gpu] += (busy ? 36_000_000 : 4_000_000) + noise.nextInt(9)));
      case "DCGM_FI_DEV_GPU_TEMP" ->
          Integer.toString(idle ? 29 + noise.nextInt(3) : temperature(gpu));
      case "DCGM_FI_DEV_SM_CLOCK" -> Integer.toString(idle ? 345 : clock(gpu));
      default -> Long.toString((busy ? 2_000_000_000L : 100_000L) + noise.nextInt(100_000));
    };
  }
}
