package dev.reeve.config;

import dev.reeve.config.Section.Range;
import java.time.Duration;

/**
 * Keys below {@code guard.budget}.
 *
 * @param actions how many harming actions there may be in any stretch of {@code per}
 * @param per evidence clock
 */
public record BudgetConfig(int actions, Duration per) {
  static BudgetConfig read(Section section) {
    section.about("actions", "how many actions there may be within the time `per`");
    int actions = (int) section.integer("actions", 1, new Range(0, 1_000));
    section.about("per", "the time that `actions` counts in");
    Duration per =
        section.duration("per", Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(30));
    return new BudgetConfig(actions, per);
  }

  /** Fewer actions, in a longer time. */
  BudgetConfig strictest(BudgetConfig other) {
    return new BudgetConfig(Math.min(actions, other.actions), GuardConfig.longer(per, other.per));
  }
}
