package dev.reeve.config;

import dev.reeve.config.Section.Range;
import java.time.Duration;

/**
 * Keys below {@code guard.mass_veto}: when so much is found at once, the observer is to be doubted
 * and not the workloads.
 *
 * @param share of all targets, 0 to 1; more than this and more than {@code targets} are a mass
 * @param within evidence clock
 */
public record MassVetoConfig(double share, int targets, Duration within) {
  static MassVetoConfig read(Section section) {
    section.about("share", "more than this share of all workloads, newly found, is a mass");
    double share = section.ratio("share", 0.2);
    if (share > 1) {
      section.problem("share", "a share from 0% to 100%");
      share = 0.2;
    }
    section.about("targets", "no mass where no more than this many are newly found");
    int targets = (int) section.integer("targets", 3, new Range(0, 1_000));
    section.about("within", "the time in which they are newly found");
    Duration within =
        section.duration(
            "within", Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofDays(1));
    return new MassVetoConfig(share, targets, within);
  }
}
