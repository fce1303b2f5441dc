package dev.reeve.model;

import java.util.Optional;

/**
 * What a workload says of itself over the run socket or its run file. Absent parts say nothing and
 * take nothing back; protection can be declared, never undeclared, for one incarnation.
 */
public record Declaration(
    SubjectId workload,
    Optional<WorkloadKind> kind,
    Optional<String> owner,
    Optional<String> group,
    Optional<Checkpoint> checkpoint,
    Optional<MoneyPerHour> budget,
    boolean protect,
    boolean singleNode) {}
