package dev.reeve.simulation;

import java.util.Arrays;
import java.util.Random;

/** What a workload does in each minute, written before the world begins. */
final class Script {
  private static final float WAITING = 0.001f;
  private static final float BUSY_CPU = 1.5f;

  private final boolean[] gpu;
  private final float[] cores;

  private Script(int minutes) {
    gpu = new boolean[minutes];
    cores = new float[minutes];
    Arrays.fill(cores, WAITING);
  }

  /** Whether its GPUs work. */
  boolean gpu(int minute) {
    return minute < gpu.length && gpu[minute];
  }

  double cores(int minute) {
    return minute < cores.length ? cores[minute] : WAITING;
  }

  /** It works from now on for a while, whatever was written. */
  void work(int from, int minutes) {
    fill(from, from + minutes, BUSY_CPU);
  }

  private void fill(int from, int to, float cpu) {
    for (int i = Math.max(0, from); i < Math.min(to, gpu.length); i++) {
      gpu[i] = true;
      cores[i] = cpu;
    }
  }

  /** From a minute on to the end of the world. */
  static Script of(Role role, int from, int minutes, Random random) {
    Script script = new Script(minutes);
    switch (role) {
      case WORKER, LIGHT_WORKER -> script.worker(role, from, random);
      case IDLER, IDLE_BATCH, SHIELDED, KEPT, NOTEBOOK, SERVING, UNDECLARED ->
          script.idler(from, random);
      case BURSTY -> script.waves(from, random, 10 + random.nextInt(15), 2 + random.nextInt(4));
      case FLAPPING -> script.waves(from, random, 32 + random.nextInt(11), 3 + random.nextInt(5));
      case CPU_WORK -> Arrays.fill(script.cores, Math.min(from, minutes), minutes, 2);
      case STARTING -> script.fill(from + 15 + random.nextInt(13), minutes, BUSY_CPU);
      case HUNG -> script.fill(from, minutes, BUSY_CPU);
    }
    return script;
  }

  /** Works all the time, but for pauses that are shorter than what a rule calls idle. */
  private void worker(Role role, int from, Random random) {
    float cpu = role == Role.LIGHT_WORKER ? 0.3f : BUSY_CPU;
    int at = from;
    while (at < gpu.length) {
      int work = 40 + random.nextInt(200);
      fill(at, at + work, cpu);
      at += work + 3 + random.nextInt(20);
    }
  }

  /** Works, falls idle for hours, works again. */
  private void idler(int from, Random random) {
    int at = from;
    while (at < gpu.length) {
      int work = 20 + random.nextInt(400);
      fill(at, at + work, BUSY_CPU);
      at += work + 100 + random.nextInt(300);
    }
  }

  private void waves(int from, Random random, int idle, int busy) {
    int at = from + random.nextInt(idle);
    while (at < gpu.length) {
      fill(at, at + busy, BUSY_CPU);
      at += busy + idle;
    }
  }
}
