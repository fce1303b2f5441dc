package dev.reeve.model;

import java.util.Locale;

/** What a workload is for, from its declaration, else its owner's kind, else unknown. */
public enum WorkloadKind {
  TRAINING,
  SERVING,
  NOTEBOOK,
  BATCH,
  INTERACTIVE,
  /** Notify only; no comparison with a kind is ever true for it. */
  UNKNOWN;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that a word names; {@link #UNKNOWN} for any other word. */
  public static WorkloadKind of(String text) {
    for (WorkloadKind kind : values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    return UNKNOWN;
  }
}
