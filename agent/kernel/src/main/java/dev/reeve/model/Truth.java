package dev.reeve.model;

/** The answer of a condition in three values, so that absence is never evidence. */
public enum Truth {
  CONFIRMED,
  /** False, whatever the unknown parts turn out to be. */
  REFUTED,
  UNKNOWN;

  public static Truth of(boolean known) {
    return known ? CONFIRMED : REFUTED;
  }

  /** One known false refutes; all true confirm. */
  public Truth and(Truth other) {
    if (this == REFUTED || other == REFUTED) {
      return REFUTED;
    }
    return this == CONFIRMED && other == CONFIRMED ? CONFIRMED : UNKNOWN;
  }

  /** One true confirms; all known false refute. */
  public Truth or(Truth other) {
    if (this == CONFIRMED || other == CONFIRMED) {
      return CONFIRMED;
    }
    return this == REFUTED && other == REFUTED ? REFUTED : UNKNOWN;
  }
}
