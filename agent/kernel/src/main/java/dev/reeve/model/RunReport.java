package dev.reeve.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One report of a run's progress.
 *
 * @param run the run's id, unique within its workload's incarnation
 * @param workload the incarnation that speaks
 * @param atNanos evidence clock, when it was read
 * @param total steps after which it is done, as it says; not checked; absent if not reported
 * @param loss may be NaN or infinite: that is what a diverged run reports; absent if not reported
 * @param ended whether the run says that it is over
 */
public record RunReport(
    SubjectId run,
    SubjectId workload,
    long atNanos,
    OptionalLong step,
    OptionalLong total,
    OptionalDouble loss,
    boolean ended) {

  /** Of a run that does not say how long it will be. */
  public RunReport(
      SubjectId run,
      SubjectId workload,
      long atNanos,
      OptionalLong step,
      OptionalDouble loss,
      boolean ended) {
    this(run, workload, atNanos, step, OptionalLong.empty(), loss, ended);
  }
}
