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

  /**
   * A name is, or is not, like one of these patterns. A subject whose name is not known is never
   * matched, either way: an exception that cannot be read holds.
   *
   * @param patterns as {@link Wildcard} reads them
   * @param among whether it must be like one of them, or like none
   */
  record Named(Trait trait, List<String> patterns, boolean among) implements Condition {
    public Named {
      patterns = Trait.checked(patterns);
    }
  }

  /** The workload's kind is one of these. A subject whose kind is unknown is never matched. */
  record KindIn(SortedSet<WorkloadKind> kinds) implements Condition {
    public KindIn {
      if (kinds.contains(WorkloadKind.UNKNOWN)) {
        throw new IllegalArgumentException("no rule may match what is unknown");
      }
      if (kinds.isEmpty()) {
        throw new IllegalArgumentException("a kind of none is never true: name one");
      }
      kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
    }
  }
}
