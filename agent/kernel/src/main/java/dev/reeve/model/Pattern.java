package dev.reeve.model;

import java.util.Optional;

/**
 * One subject of a rule and what must hold of it.
 *
 * @param join how it is tied to an earlier pattern; only the first has none
 * @param exists whether one such subject is enough, whichever it is: nothing is found in it, and no
 *     other pattern is tied to it
 */
public record Pattern(
    String alias, SubjectKind kind, Condition condition, Optional<Join> join, boolean exists) {

  /** A subject that a finding names. */
  public Pattern(String alias, SubjectKind kind, Condition condition, Optional<Join> join) {
    this(alias, kind, condition, join, false);
  }

  /** The same with another condition. */
  public Pattern with(Condition other) {
    return new Pattern(alias, kind, other, join, exists);
  }
}
