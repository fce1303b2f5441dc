package dev.reeve.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One report of a run's progress.
 *
 * @param run the run's id, unique within its workload's incarnation
 * @param workload the incarnation that speaks
 * @param atNanos evidence clock, when it was read
 * @param loss may be NaN or infinite: that is what a diverged run reports; absent if not reported
 * @param ended whether the run says that it is over
 */
public record RunReport(
    SubjectId run,
    SubjectId workload,
    long atNanos,
    OptionalLong step,
    OptionalDouble loss,
    boolean ended) {}
