package dev.reeve.model;

/**
 * One reading: of a GPU, or of a workload's incarnation where the source measures processes.
 *
 * @param value in the signal's unit, finite
 */
public record Sample(SubjectId subject, Signal signal, double value) {
  public Sample {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          signal.text() + " of " + subject + " is not finite; a collector drops and counts it");
    }
  }
}
