package dev.reeve.loop;

import static dev.reeve.model.Spans.text;

import dev.reeve.decision.DecisionState;
import dev.reeve.decision.Spent;
import dev.reeve.model.Episode;
import dev.reeve.model.Expression;
import dev.reeve.model.Limit;
import dev.reeve.model.Notice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often a rule may tell. Whom it does not tell it does nothing to: the notice clock of such an
 * episode does not run.
 */
final class Throttle {
  private Throttle() {}

  /** A notice, as a delivery of it would be counted. */
  static Spent.Told counted(Episode episode, Notice notice) {
    String whom = notice.workload().isEmpty() ? episode.subject().toString() : notice.workload();
    return new Spent.Told(episode.id(), episode.rule(), whom, notice.owner(), Long.MAX_VALUE);
  }

  /**
   * Why it is not told now; empty where it may be.
   *
   * @param underWay attempts that are not journaled yet: each may be a delivery
   */
  static Optional<String> objection(
      Spent.Told next, List<Limit> limits, Collection<Spent.Told> underWay, State state) {
    for (Limit limit : limits) {
      if (limit.measure() != Limit.Measure.NOTICES) {
        continue;
      }
      Set<String> sent = new TreeSet<>();
      long now = state.of().timelineAt(state.nowNanos());
      state.of().spent().noticesSince(now - limit.per().toNanos()).stream()
          .filter(told -> same(told, next, limit.each()))
          .forEach(told -> sent.add(told.episode()));
      underWay.stream()
          .filter(told -> same(told, next, limit.each()))
          .forEach(told -> sent.add(told.episode()));
      long most = limit.most() instanceof Expression.Constant of ? (long) of.value() : 0;
      if (sent.size() >= most) {
        return Optional.of(
            "its owner is not told yet: "
                + sent.size()
                + " of "
                + most
                + " notices"
                + whose(next, limit.each())
                + " within "
                + text(limit.per())
                + " are sent (throttle of rule "
                + next.rule()
                + ")");
      }
    }
    return Optional.empty();
  }

  /** What was decided so far, and when it is asked, on the evidence clock. */
  record State(DecisionState of, long nowNanos) {}

  private static boolean same(Spent.Told told, Spent.Told next, Limit.Each each) {
    return told.rule().equals(next.rule())
        && switch (each) {
          case RULE -> true;
          case OWNER -> told.owner().equals(next.owner());
          case WORKLOAD -> told.workload().equals(next.workload());
          case GROUP -> throw new IllegalArgumentException("a notice has no group");
        };
  }

  private static String whose(Spent.Told next, Limit.Each each) {
    return switch (each) {
      case RULE, GROUP -> "";
      case OWNER -> " to owner '" + next.owner() + "'";
      case WORKLOAD -> " for " + next.workload();
    };
  }
}
