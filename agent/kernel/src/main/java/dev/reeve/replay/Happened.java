package dev.reeve.replay;

import dev.reeve.model.Cost;
import dev.reeve.model.Evidence;
import dev.reeve.model.Remedy;
import dev.reeve.model.SubjectId;
import java.util.List;

/**
 * One thing that Reeve would have done, or why it would not.
 *
 * @param atNanos since 1970
 * @param subject what was found
 * @param workload whom it concerns; empty where nobody holds the subject
 * @param plan the plan's id; the episode's for a notice
 * @param word {@code go}, {@code hold}, {@code deny}, {@code ask_human}, or {@code told} for a
 *     notice
 * @param saves what it wastes in an hour
 */
record Happened(
    long atNanos,
    String rule,
    SubjectId subject,
    String workload,
    Remedy remedy,
    String plan,
    List<Evidence> evidence,
    String word,
    String guard,
    String reason,
    Cost saves) {

  /** Whether it would have been done; else it was held up. */
  boolean done() {
    return word.equals("go") || word.equals("told");
  }
}
