package dev.reeve.config;

import dev.reeve.config.Section.Range;

/**
 * Keys below {@code clock}.
 *
 * @param evidenceSpeed seconds of the evidence clock in one of the world clock
 */
public record ClockConfig(double evidenceSpeed) {
  private static final Range SPEEDS = new Range(1, 1_000);

  static ClockConfig read(Section section) {
    section.about(
        "evidence_speed",
        "1 to 1000: how many seconds pass on the evidence clock (samples, spans, notices, budgets)"
            + " in one second of the world clock (calls, grace periods, leases); above 1 only for"
            + " demonstrations");
    double speed = section.number("evidence_speed", 1, Range.ANY);
    if (!SPEEDS.contains(speed)) {
      section.problem(
          "evidence_speed",
          "1 to 1000 seconds of the evidence clock in one second of the world clock");
      return new ClockConfig(1);
    }
    return new ClockConfig(speed);
  }
}
