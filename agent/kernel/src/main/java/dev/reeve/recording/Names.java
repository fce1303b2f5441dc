package dev.reeve.recording;

import dev.reeve.model.Signal;
import java.util.Optional;

/** The names of version 1 of a recording's lines; its writer and its readers share them. */
public final class Names {
  public static final String VERSION = "1";

  public static final String RECORDING = "reeve_recording_info";
  public static final String UP = "up";
  public static final String INTERVAL = "scrape_interval_seconds";
  public static final String FAILURE = "source_failure_info";
  public static final String DROPPED = "dropped_samples";
  public static final String GPU = "gpu_info";
  public static final String HELD = "gpu_held";
  public static final String UNHELD = "gpu_unheld";
  public static final String HOLDER_UNKNOWN = "gpu_holder_unknown";
  public static final String SEEN = "workload_seen_info";
  public static final String MEMBER = "workload_member";
  public static final String EXTENT = "workload_extent";
  public static final String DECLARED = "workload_info";
  public static final String RUN_ENDED = "run_report_ended";
  public static final String RUN_STEP = "run_report_step";
  public static final String RUN_TOTAL = "run_report_total_steps";
  public static final String RUN_LOSS = "run_report_loss";

  public static final String SLO = "endpoint_slo_seconds";

  private static final String BUCKET = "_bucket";

  private Names() {}

  /** A signal's name with its dots as underscores. */
  public static String of(Signal signal) {
    return signal.text().replace('.', '_');
  }

  /** The name of a histogram's buckets. */
  public static String bucketsOf(Signal signal) {
    return of(signal) + BUCKET;
  }

  /** The histogram whose buckets have that name, if the catalogue has one. */
  public static Optional<Signal> histogram(String name) {
    return name.endsWith(BUCKET)
        ? signal(name.substring(0, name.length() - BUCKET.length())).filter(Signal::histogram)
        : Optional.empty();
  }

  /** The signal of that name, if the catalogue has one. */
  public static Optional<Signal> signal(String name) {
    for (Signal signal : Signal.values()) {
      if (of(signal).equals(name)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
