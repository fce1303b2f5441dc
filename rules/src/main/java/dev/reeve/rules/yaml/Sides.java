package dev.reeve.rules.yaml;

import dev.reeve.model.Bound;
import dev.reeve.model.Condition;
import dev.reeve.model.Expression;
import dev.reeve.model.Expression.Arithmetic;
import dev.reeve.model.Expression.Operator;
import dev.reeve.model.Feature;
import java.util.Optional;

/**
 * Takes every quantile of a comparison against the rule. Only its bucket is known, so the end is
 * taken with which the comparison is harder to meet: whatever the quantile really is, a rule that
 * holds for that end holds for it.
 */
final class Sides {
  private Sides() {}

  /**
   * Empty where a quantile is scaled by what may be of either sign, so that no end is the harder.
   */
  static Optional<Condition.Compare> against(Condition.Compare compare) {
    Bound left = Bound.against(compare.comparison());
    Optional<Expression> mine = taken(compare.left(), left);
    Optional<Expression> theirs = taken(compare.right(), left.other());
    return mine.isEmpty() || theirs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Condition.Compare(mine.get(), compare.comparison(), theirs.get()));
  }

  private static Optional<Expression> taken(Expression expression, Bound bound) {
    return switch (expression) {
      case Expression.Ask(Feature.OfQuantile of) ->
          Optional.of(
              new Expression.Ask(
                  new Feature.OfQuantile(of.signal(), of.quantile(), of.span(), bound)));
      case Arithmetic of when quantiles(of) -> arithmetic(of, bound);
      case Expression.Ask _, Expression.Constant _, Expression.Choice _, Arithmetic _ ->
          Optional.of(expression);
    };
  }

  private static Optional<Expression> arithmetic(Arithmetic of, Bound bound) {
    Optional<Bound> left =
        switch (of.operator()) {
          case PLUS, MINUS -> Optional.of(bound);
          case TIMES, OVER -> scaled(bound, of.left(), of.right());
        };
    Optional<Bound> right =
        switch (of.operator()) {
          case PLUS -> Optional.of(bound);
          case MINUS -> Optional.of(bound.other());
          case TIMES -> scaled(bound, of.right(), of.left());
          case OVER -> sign(of.right()).flatMap(_ -> scaled(bound.other(), of.right(), of.left()));
        };
    Optional<Expression> first = left.flatMap(end -> taken(of.left(), end));
    Optional<Expression> second = right.flatMap(end -> taken(of.right(), end));
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(new Arithmetic(first.get(), of.operator(), second.get()));
  }

  /** What is without quantiles has no end to take, whatever it is scaled by. */
  private static Optional<Bound> scaled(Bound bound, Expression what, Expression by) {
    return quantiles(what)
        ? sign(by).map(positive -> positive ? bound : bound.other())
        : Optional.of(bound);
  }

  private static boolean quantiles(Expression expression) {
    return switch (expression) {
      case Expression.Ask ask -> ask.feature() instanceof Feature.OfQuantile;
      case Arithmetic of -> quantiles(of.left()) || quantiles(of.right());
      case Expression.Constant _, Expression.Choice _ -> false;
    };
  }

  /** Whether it is never below zero, or never above; empty where it may be both. */
  private static Optional<Boolean> sign(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> Optional.of(constant.value() >= 0);
      case Expression.Choice of -> same(sign(of.then()), sign(of.otherwise()));
      case Expression.Ask ask ->
          Bounds.signed(ask.feature()) ? Optional.empty() : Optional.of(true);
      case Arithmetic of when of.operator() == Operator.PLUS ->
          same(sign(of.left()), sign(of.right()));
      case Arithmetic of when of.operator() == Operator.MINUS -> Optional.empty();
      case Arithmetic of ->
          sign(of.left()).flatMap(left -> sign(of.right()).map(right -> left.equals(right)));
    };
  }

  private static Optional<Boolean> same(Optional<Boolean> one, Optional<Boolean> other) {
    return one.equals(other) ? one : Optional.empty();
  }
}
