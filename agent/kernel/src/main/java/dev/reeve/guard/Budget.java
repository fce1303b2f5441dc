package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.decision.Spent;
import dev.reeve.model.Cost;
import dev.reeve.model.Money;
import dev.reeve.model.Plan;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * At most so much in any stretch of a time.
 *
 * @param scope whose plans it counts
 * @param each what is counted apart
 * @param actions plans that begin
 * @param share of the workloads that are seen, rounded down; fewer than 20 count as 20
 * @param cost of an hour of what plans begin on; what is not known is too much
 * @param per evidence clock
 */
public record Budget(
    Scope scope,
    Each each,
    OptionalInt actions,
    OptionalDouble share,
    Optional<Money> cost,
    Duration per) {

  /** What is counted apart. */
  public enum Each {
    ALL,
    PLATFORM,
    NAMESPACE,
    OWNER,
    RULE
  }

  /** Counts all plans, apart from none. */
  static Budget of(int actions, Duration per) {
    return new Budget(
        Scope.ALL,
        Each.ALL,
        OptionalInt.of(actions),
        OptionalDouble.empty(),
        Optional.empty(),
        per);
  }

  /** Why a plan that has not begun may not begin now, in words; empty where it may. */
  Optional<String> objection(Question question) {
    Plan plan = question.plan();
    if (!scope.covers(plan.rule(), plan.target())) {
      return Optional.empty();
    }
    List<Cost> spent = spent(question);
    return counted(spent.size(), question)
        .or(() -> money(spent, plan))
        .map(reason -> reason + whose(plan) + " within " + text(per) + scope.text());
  }

  private Optional<String> counted(int spent, Question question) {
    long most = actions.isPresent() ? actions.getAsInt() : Long.MAX_VALUE;
    if (share.isPresent()) {
      most = Math.min(most, shared(question));
    }
    return spent < most
        ? Optional.empty()
        : Optional.of(spent + " of " + most + " plans are spent");
  }

  private long shared(Question question) {
    WorkloadSighting target = question.plan().target();
    String rule = question.plan().rule();
    long seen =
        question.situation().scene().workloads().stream()
            .filter(one -> scope.covers(rule, one))
            .filter(one -> key(rule, one.id(), one.owner()).equals(key(rule, target)))
            .count();
    return (long) Math.floor(share.getAsDouble() * Math.max(RuleLimitGuard.LEAST_WORKLOADS, seen));
  }

  private Optional<String> money(List<Cost> spent, Plan plan) {
    if (cost.isEmpty()) {
      return Optional.empty();
    }
    Money most = cost.get();
    BigDecimal sum = BigDecimal.ZERO;
    List<Cost> all = new ArrayList<>(spent);
    all.add(plan.saves());
    for (Cost one : all) {
      if (!(one instanceof Cost.Known known) || !known.rate().currency().equals(most.currency())) {
        return Optional.of(
            "what it, or one before it, costs in "
                + most.currency()
                + " is not known, so it is too much");
      }
      sum = sum.add(known.rate().perHour().amount());
    }
    return sum.compareTo(most.amount()) <= 0
        ? Optional.empty()
        : Optional.of(
            "with it, plans for "
                + new Money(sum, most.currency())
                + " an hour would begin, at most "
                + most
                + " may");
  }

  /** What began, and what was let pass before it in the same cycle. */
  private List<Cost> spent(Question question) {
    long now = question.state().timelineAt(question.nowNanos());
    String own = key(question.plan().rule(), question.plan().target());
    List<Cost> spent = new ArrayList<>();
    for (Spent.Acted acted : question.state().spent().actionsSince(now - per.toNanos())) {
      if (counts(acted, own)) {
        spent.add(acted.saves());
      }
    }
    for (Plan ahead : question.ahead()) {
      if (scope.covers(ahead.rule(), ahead.target())
          && key(ahead.rule(), ahead.target()).equals(own)) {
        spent.add(ahead.saves());
      }
    }
    return spent;
  }

  /** A name that cannot be read may be anybody's. */
  private boolean counts(Spent.Acted acted, String own) {
    Optional<WorkloadId> id = id(acted.workload());
    return id.isEmpty()
        || (scope.covers(acted.rule(), id.get(), acted.owner())
            && key(acted.rule(), id.get(), acted.owner()).equals(own));
  }

  private static Optional<WorkloadId> id(String text) {
    try {
      return Optional.of(WorkloadId.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private String key(String rule, WorkloadSighting of) {
    return key(rule, of.id(), of.owner());
  }

  private String key(String rule, WorkloadId id, String owner) {
    return switch (each) {
      case ALL -> "";
      case PLATFORM -> id.platform();
      case NAMESPACE -> id.platform() + "/" + id.namespace();
      case OWNER -> owner;
      case RULE -> rule;
    };
  }

  private String whose(Plan plan) {
    return each == Each.ALL
        ? ""
        : " for "
            + each.name().toLowerCase(Locale.ROOT)
            + " '"
            + key(plan.rule(), plan.target())
            + "'";
  }
}
