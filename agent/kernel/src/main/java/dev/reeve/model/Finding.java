package dev.reeve.model;

import java.util.List;

/**
 * This subject wastes this much, for this reason, with this evidence.
 *
 * @param ruleSet hash of the set that found it
 * @param incarnation uid of the incarnation that was judged
 * @param waste what it wastes in an hour, or why that is not known
 */
public record Finding(
    String rule,
    String ruleSet,
    SubjectId subject,
    String incarnation,
    List<Evidence> evidence,
    Cost waste) {
  public Finding {
    evidence = List.copyOf(evidence);
  }
}
