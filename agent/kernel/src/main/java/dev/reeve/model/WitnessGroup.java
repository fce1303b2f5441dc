package dev.reeve.model;

import java.util.Locale;

/**
 * Independent ways to see whether a workload does something. Two signals of one group can fail
 * together, so a zero counts only when a second group says the same.
 */
public enum WitnessGroup {
  /** Profiling counters of the GPU. */
  PROFILING,
  /** NVML: utilization, power, energy. */
  NVML,
  /** CPU time of the workload's processes. */
  CPU_TIME,
  /** What the run itself reports. */
  RUN,
  /** Requests that an endpoint serves. */
  REQUESTS,
  /** Not a witness of activity. */
  NONE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
