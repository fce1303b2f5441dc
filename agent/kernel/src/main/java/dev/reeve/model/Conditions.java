package dev.reeve.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads conditions: what they ask for, and what they answer for one fact. */
public final class Conditions {
  private Conditions() {}

  /** Every feature that a condition asks for. */
  public static SortedSet<Feature> features(Condition condition) {
    SortedSet<Feature> found = new TreeSet<>();
    for (Condition.Compare compare : comparisons(condition)) {
      collect(compare.left(), found);
      collect(compare.right(), found);
    }
    return found;
  }

  /** Every comparison of the tree, from left to right. */
  public static List<Condition.Compare> comparisons(Condition condition) {
    List<Condition.Compare> found = new ArrayList<>();
    collect(condition, found);
    return found;
  }

  /** The three-valued answer for one fact. */
  public static Truth truth(Condition condition, Fact fact) {
    return switch (condition) {
      case Condition.All all ->
          all.of().stream().map(part -> truth(part, fact)).reduce(Truth.CONFIRMED, Truth::and);
      case Condition.Any any ->
          any.of().stream().map(part -> truth(part, fact)).reduce(Truth.REFUTED, Truth::or);
      case Condition.Compare compare -> truth(compare, fact);
      case Condition.KindIn kinds -> kindTruth(kinds, fact);
      case Condition.Named named -> nameTruth(named, fact);
    };
  }

  /** The three-valued answer of one comparison. */
  public static Truth truth(Condition.Compare compare, Fact fact) {
    double left = value(compare.left(), fact);
    double right = value(compare.right(), fact);
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Truth.UNKNOWN;
    }
    return Truth.of(compare.comparison().holds(left, right));
  }

  /** The value of an expression; NaN where any part of it is unknown. */
  public static double value(Expression expression, Fact fact) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Choice choice ->
          switch (choice.trait().among(fact, choice.patterns())) {
            case CONFIRMED -> choice.then().value();
            case REFUTED -> value(choice.otherwise(), fact);
            case UNKNOWN -> Double.NaN;
          };
      case Expression.Ask ask -> {
        int slot = fact.slots().table().slot(fact.subjectKind(), ask.feature());
        yield fact.known(slot) ? fact.value(slot) : Double.NaN;
      }
      case Expression.Arithmetic arithmetic ->
          arithmetic
              .operator()
              .apply(value(arithmetic.left(), fact), value(arithmetic.right(), fact));
    };
  }

  /** An expression as rules write it. */
  public static String text(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant ->
          java.math.BigDecimal.valueOf(constant.value()).stripTrailingZeros().toPlainString();
      case Expression.Ask ask -> ask.feature().text();
      case Expression.Choice choice -> "(by " + choice.trait().text() + ")";
      case Expression.Arithmetic arithmetic ->
          "("
              + text(arithmetic.left())
              + " "
              + arithmetic.operator().text()
              + " "
              + text(arithmetic.right())
              + ")";
    };
  }

  private static Truth nameTruth(Condition.Named named, Fact fact) {
    Truth among = named.trait().among(fact, named.patterns());
    return among == Truth.UNKNOWN ? among : Truth.of((among == Truth.CONFIRMED) == named.among());
  }

  private static Truth kindTruth(Condition.KindIn kinds, Fact fact) {
    WorkloadKind kind = WorkloadKind.of(fact.kind());
    return kind == WorkloadKind.UNKNOWN ? Truth.UNKNOWN : Truth.of(kinds.kinds().contains(kind));
  }

  private static void collect(Condition condition, List<Condition.Compare> into) {
    switch (condition) {
      case Condition.All all -> all.of().forEach(part -> collect(part, into));
      case Condition.Any any -> any.of().forEach(part -> collect(part, into));
      case Condition.Compare compare -> into.add(compare);
      case Condition.KindIn _, Condition.Named _ -> {}
    }
  }

  private static void collect(Expression expression, SortedSet<Feature> into) {
    switch (expression) {
      case Expression.Ask ask -> into.add(ask.feature());
      case Expression.Arithmetic arithmetic -> {
        collect(arithmetic.left(), into);
        collect(arithmetic.right(), into);
      }
      case Expression.Constant _, Expression.Choice _ -> {}
    }
  }
}
