package dev.reeve.model;

import java.util.List;
import java.util.Optional;

/**
 * What became of a rule between two sets. Only what can be proved of the trees counts as tighter:
 * whatever the new rule finds, and does, the old one would have found and done no later.
 */
public enum RuleChange {
  /** It finds the same and does the same; its words may differ. */
  SAME,
  /** It finds no more and does no more. */
  TIGHTER,
  /** It may find or do what the old one did not. */
  LOOSER;

  public static RuleChange between(Rule before, Rule after) {
    boolean sameCondition = sameCondition(before, after);
    if (!sameCondition && !findsNoMore(before, after)) {
      return LOOSER;
    }
    if (!doesNoMore(before, after)) {
      return LOOSER;
    }
    return sameCondition && doesNoMore(after, before) ? SAME : TIGHTER;
  }

  /** Whether both ask the same, so that what was judged by one counts for the other. */
  public static boolean sameCondition(Rule before, Rule after) {
    return before.patterns().equals(after.patterns()) && before.target().equals(after.target());
  }

  private static boolean findsNoMore(Rule before, Rule after) {
    if (before.patterns().size() != after.patterns().size()
        || !before.target().equals(after.target())) {
      return false;
    }
    for (int i = 0; i < before.patterns().size(); i++) {
      Pattern was = before.patterns().get(i);
      Pattern is = after.patterns().get(i);
      boolean sameShape =
          was.alias().equals(is.alias())
              && was.kind() == is.kind()
              && was.join().equals(is.join())
              && was.exists() == is.exists();
      if (!sameShape || !implies(is.condition(), was.condition())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether each rung that acts is one that the old rule had, no sooner, on no more kinds, under
   * limits as tight. A throttle counts too: nothing is done to whom was not told.
   */
  private static boolean doesNoMore(Rule before, Rule after) {
    if (!after.acts() || after.mode() == RuleMode.OBSERVE) {
      return true;
    }
    return before.mode() == RuleMode.ACT
        && before.actsOn().containsAll(after.actsOn())
        && before.minNotice().compareTo(after.minNotice()) <= 0
        // a notice that is given sooner has passed sooner
        && before.ladder().getFirst().after().compareTo(after.ladder().getFirst().after()) <= 0
        && before.limits().stream()
            .allMatch(old -> after.limits().stream().anyMatch(is -> is.within(old)))
        && after.ladder().stream()
            .filter(rung -> rung.remedy().acts())
            .allMatch(rung -> had(before.ladder(), rung));
  }

  private static boolean had(List<Rung> before, Rung rung) {
    return before.stream()
        .anyMatch(
            old -> old.remedy().equals(rung.remedy()) && old.after().compareTo(rung.after()) <= 0);
  }

  /** Whether it can be proved that whatever confirms the one confirms the other. */
  static boolean implies(Condition one, Condition other) {
    if (one.equals(other)) {
      return true;
    }
    if (other instanceof Condition.All all) {
      return all.of().stream().allMatch(part -> implies(one, part));
    }
    if (one instanceof Condition.Any any) {
      return any.of().stream().allMatch(part -> implies(part, other));
    }
    if (one instanceof Condition.All all
        && all.of().stream().anyMatch(part -> implies(part, other))) {
      return true;
    }
    if (other instanceof Condition.Any any) {
      return any.of().stream().anyMatch(part -> implies(one, part));
    }
    return leafImplies(one, other);
  }

  private static boolean leafImplies(Condition one, Condition other) {
    if (one instanceof Condition.KindIn is && other instanceof Condition.KindIn was) {
      return was.kinds().containsAll(is.kinds());
    }
    if (one instanceof Condition.Named is && other instanceof Condition.Named was) {
      return is.trait() == was.trait()
          && is.among() == was.among()
          && (is.among()
              ? was.patterns().containsAll(is.patterns())
              : is.patterns().containsAll(was.patterns()));
    }
    if (one instanceof Condition.Compare is && other instanceof Condition.Compare was) {
      return asksNoMore(is, was)
          && constant(is.right())
              .flatMap(limit -> constant(was.right()).map(old -> within(is, limit, was, old)))
              .orElse(false);
    }
    return false;
  }

  /** The same value, or, where more of it is asked for, fewer times of the week. */
  private static boolean asksNoMore(Condition.Compare is, Condition.Compare was) {
    return is.left().equals(was.left())
        || (is.comparison() == Comparison.AT_LEAST
            && is.left() instanceof Expression.Ask(Feature.OfTimes(TimesOfWeek now))
            && was.left() instanceof Expression.Ask(Feature.OfTimes(TimesOfWeek before))
            && before.covers(now));
  }

  private static Optional<Double> constant(Expression expression) {
    return expression instanceof Expression.Constant constant
        ? Optional.of(constant.value())
        : Optional.empty();
  }

  private static boolean within(
      Condition.Compare is, double limit, Condition.Compare was, double old) {
    return switch (was.comparison()) {
      case LESS ->
          below(is) && (limit < old || (limit == old && is.comparison() == was.comparison()));
      case AT_MOST -> below(is) && limit <= old;
      case GREATER ->
          above(is) && (limit > old || (limit == old && is.comparison() == was.comparison()));
      case AT_LEAST -> above(is) && limit >= old;
    };
  }

  private static boolean below(Condition.Compare compare) {
    return compare.comparison() == Comparison.LESS || compare.comparison() == Comparison.AT_MOST;
  }

  private static boolean above(Condition.Compare compare) {
    return compare.comparison() == Comparison.GREATER
        || compare.comparison() == Comparison.AT_LEAST;
  }
}
