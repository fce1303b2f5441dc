package dev.reeve.model;

import java.util.Optional;

/**
 * A workload as its platform showed it at one instant.
 *
 * @param kind from its declaration in the environment, else its owner's kind, else unknown
 * @param owner user, account or team that answers for it; empty where unknown
 * @param group what cost and budgets are grouped by; empty where unknown
 * @param foreignTo the platform that it really belongs to (a pod, container or Slurm job seen from
 *     a bare node); empty where it is this platform's own. Foreign workloads are never acted on.
 */
public record WorkloadSighting(
    WorkloadId id,
    Incarnation incarnation,
    WorkloadKind kind,
    String owner,
    String group,
    Extent extent,
    Protection protection,
    Optional<Checkpoint> checkpoint,
    String foreignTo) {
  public SubjectId subject() {
    return SubjectId.workload(id, incarnation);
  }
}
