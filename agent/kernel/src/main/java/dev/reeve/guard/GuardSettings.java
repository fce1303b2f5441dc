package dev.reeve.guard;

import dev.reeve.config.Glob;
import java.time.Duration;
import java.util.List;

/**
 * The limits that operators set, all on the evidence clock.
 *
 * @param minNotice least time between a notice that was delivered and the first step; a rule may
 *     ask for more
 * @param cooldown how long a workload is left alone after a plan touched it
 * @param budgetPlans how many plans may begin within {@code budgetPer}, over all workloads
 * @param protectedNames patterns over the display form of workload ids
 * @param permitLife world clock: how long a permit can be spent
 * @param freshWithin how old the newest cycle's answer may be
 */
public record GuardSettings(
    Mode mode,
    Duration minNotice,
    Duration cooldown,
    int budgetPlans,
    Duration budgetPer,
    List<Glob> protectedNames,
    Duration permitLife,
    Duration freshWithin,
    GuardPolicy policy) {
  public GuardSettings {
    protectedNames = List.copyOf(protectedNames);
  }
}
