package dev.reeve.model;

import java.util.List;

/**
 * The remedy for one workload, bound to the incarnation that was judged.
 *
 * @param id unique and stable: derived from episode and remedy
 * @param episode the episode that it answers
 * @param target the workload as it was judged
 * @param saves what stops costing when it succeeds, or why that is not known
 * @param preview the exact calls, for people
 */
public record Plan(
    String id,
    String episode,
    String rule,
    String ruleSet,
    WorkloadSighting target,
    Remedy remedy,
    List<Step> steps,
    Cost saves,
    List<String> preview) {
  public Plan {
    steps = List.copyOf(steps);
    preview = List.copyOf(preview);
  }

  public WorkloadId workload() {
    return target.id();
  }

  public Plan withSteps(List<Step> planned, List<String> shown) {
    return new Plan(id, episode, rule, ruleSet, target, remedy, planned, saves, shown);
  }

  /** The same plan for the target as our own last write left it. */
  public Plan withTarget(WorkloadSighting now) {
    return new Plan(id, episode, rule, ruleSet, now, remedy, steps, saves, preview);
  }
}
