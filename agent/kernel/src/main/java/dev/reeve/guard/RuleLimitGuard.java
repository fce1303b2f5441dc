package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.decision.Spent;
import dev.reeve.model.Conditions;
import dev.reeve.model.Cost;
import dev.reeve.model.Expression;
import dev.reeve.model.Limit;
import dev.reeve.model.Money;
import dev.reeve.model.Plan;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkloadSighting;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a rule allows itself, beside what the operator allows all of them. As with the budget, the
 * intent reserves it, and a plan that has begun has its share already.
 */
record RuleLimitGuard() implements Guard {
  /** A share of fewer workloads is one of so many: it would be none at all. */
  static final int LEAST_WORKLOADS = 20;

  @Override
  public String name() {
    return "rule_limit";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    boolean begun =
        question
            .state()
            .plan(question.plan().id())
            .map(state -> !state.steps().isEmpty())
            .orElse(false);
    return begun
        ? Optional.empty()
        : question.situation().rule().limits().stream()
            .filter(limit -> limit.measure() != Limit.Measure.NOTICES)
            .flatMap(limit -> check(question, limit).stream())
            .findFirst();
  }

  private Optional<Verdict> check(Question question, Limit limit) {
    double most = most(limit.most(), question.situation().workload());
    if (Double.isNaN(most)) {
      return hold(
          "how much rule "
              + question.plan().rule()
              + " may do to it depends on a name that is not"
              + " known (its limits)",
          limit.per());
    }
    long now = question.state().timelineAt(question.nowNanos());
    List<Spent.Acted> spent =
        question.state().spent().actionsSince(now - limit.per().toNanos()).stream()
            .filter(acted -> acted.rule().equals(question.plan().rule()))
            .filter(acted -> same(acted, question.plan(), limit.each()))
            .toList();
    return switch (limit.measure()) {
      case ACTIONS -> counted(question, limit, spent.size(), (long) most);
      case SHARE -> {
        int of = Math.max(LEAST_WORKLOADS, question.situation().population());
        // in decimals: 0.29 * 100 is not quite 29 in binary, and would be rounded to 28
        BigDecimal share = BigDecimal.valueOf(most).multiply(BigDecimal.valueOf(of));
        long plans = share.setScale(0, RoundingMode.FLOOR).longValue();
        yield plans > 0
            ? counted(question, limit, spent.size(), plans)
            : hold(
                "its share of " + of + " workloads is less than one plan" + where(question, limit),
                limit.per());
      }
      case COST -> money(question, limit, spent, most);
      case NOTICES -> Optional.empty();
    };
  }

  private static double most(Expression most, Optional<Subject.Workload> workload) {
    return most instanceof Expression.Constant constant
        ? constant.value()
        : workload.map(of -> Conditions.value(most, of.fact())).orElse(Double.NaN);
  }

  private static boolean same(Spent.Acted acted, Plan plan, Limit.Each each) {
    return switch (each) {
      case RULE -> true;
      case OWNER -> acted.owner().equals(plan.target().owner());
      case GROUP -> acted.group().equals(plan.target().group());
      case WORKLOAD -> acted.workload().equals(plan.workload().toString());
    };
  }

  private Optional<Verdict> counted(Question question, Limit limit, int spent, long most) {
    return spent < most
        ? Optional.empty()
        : hold(spent + " of " + most + " plans are spent" + where(question, limit), limit.per());
  }

  private Optional<Verdict> money(
      Question question, Limit limit, List<Spent.Acted> spent, double most) {
    Currency currency = limit.currency().orElseThrow();
    Optional<BigDecimal> sum = rate(question.plan().saves(), currency);
    for (Spent.Acted acted : spent) {
      Optional<BigDecimal> rate = rate(acted.saves(), currency);
      sum = sum.flatMap(so -> rate.map(so::add));
    }
    if (sum.isEmpty()) {
      return hold(
          "what it, or one before it, costs in "
              + currency
              + " is not known"
              + where(question, limit),
          limit.per());
    }
    return sum.get().compareTo(BigDecimal.valueOf(most)) <= 0
        ? Optional.empty()
        : hold(
            "with it, plans for "
                + new Money(sum.get(), currency)
                + " an hour would begin, at most "
                + new Money(BigDecimal.valueOf(most), currency)
                + " may"
                + where(question, limit),
            limit.per());
  }

  private static Optional<BigDecimal> rate(Cost cost, Currency currency) {
    return cost instanceof Cost.Known known && known.rate().currency().equals(currency)
        ? Optional.of(known.rate().perHour().amount())
        : Optional.empty();
  }

  private static String where(Question question, Limit limit) {
    WorkloadSighting target = question.plan().target();
    String whose =
        switch (limit.each()) {
          case RULE -> "";
          case OWNER -> " for owner '" + target.owner() + "'";
          case GROUP -> " for group '" + target.group() + "'";
          case WORKLOAD -> " for " + target.id().display();
        };
    return whose
        + " within "
        + text(limit.per())
        + " (limits of rule "
        + question.plan().rule()
        + ")";
  }
}
