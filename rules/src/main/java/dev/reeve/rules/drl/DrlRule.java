package dev.reeve.rules.drl;

import dev.reeve.model.SubjectKind;
import java.util.List;

/**
 * One rule that the gate can read.
 *
 * @param at where its name stands
 */
public record DrlRule(String id, Stretch at, List<Part> parts, Verdict verdict) {
  public DrlRule {
    parts = List.copyOf(parts);
  }

  /**
   * A pattern.
   *
   * @param alias without the dollar
   * @param exists whether it stands behind {@code exists}; its alias is made up then
   * @param constraints all of which must hold
   */
  public record Part(
      String alias, SubjectKind kind, Stretch at, boolean exists, List<Term> constraints) {
    public Part {
      constraints = List.copyOf(constraints);
    }
  }

  /** {@code decide.terminate($w)}. */
  public record Verdict(String verb, Stretch verbAt, String alias, Stretch aliasAt) {}
}
