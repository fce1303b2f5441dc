package dev.reeve.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What must hold of one subject, as data: for the rule engine's text, for the three-valued answer
 * of an open episode, for {@code explain}, and for the board, which keeps just what is asked for.
 */
public sealed interface Condition {

  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }
  }

  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
      if (of.isEmpty()) {
        throw new IllegalArgumentException("'any' of nothing is never true: write a condition");
      }
    }
  }

  record Compare(Expression left, Comparison comparison, Expression right) implements Condition {}

  /** The workload's kind is one of these. A subject whose kind is unknown is never matched. */
  record KindIn(SortedSet<WorkloadKind> kinds) implements Condition {
    public KindIn {
      if (kinds.contains(WorkloadKind.UNKNOWN)) {
        throw new IllegalArgumentException("no rule may match what is unknown");
      }
      kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
    }
  }
}
