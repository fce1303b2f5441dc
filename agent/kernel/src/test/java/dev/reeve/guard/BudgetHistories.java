package dev.reeve.guard;

import dev.reeve.config.Glob;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionState;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.model.Cost;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.FakeTicker;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Random histories of plans that want to begin, under budgets that change meanwhile, with restarts
 * and other boots. What began is counted again by the true time, which the guard never sees.
 */
public final class BudgetHistories {
  private final Random random;
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final List<WorkloadSighting> fleet = new ArrayList<>();
  private final List<Began> began = new ArrayList<>();
  private final Asked asked = new Asked(Path.of(""));
  private DecisionLog log = journal.open();
  private List<Budget> budgets = List.of();
  private long madeUpNanos;
  private int plans;
  private int refused;

  private record Began(Plan plan, long atNanos) {}

  private BudgetHistories(long seed) {
    random = new Random(seed);
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      fleet.add(workload(i));
    }
    asked.others = fleet;
    change();
  }

  /** Runs histories FIRST to LAST, and says how many plans began and were held back. */
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    long last = Long.parseLong(args[1]);
    long began = 0;
    long held = 0;
    for (long seed = first; seed <= last; seed++) {
      BudgetHistories history = of(seed);
      began += history.began.size();
      held += history.refused;
    }
    System.out.println(
        "total histories="
            + (last - first + 1)
            + " began="
            + began
            + " held="
            + held
            + " failed=0");
  }

  /** Throws {@link AssertionError} where any sliding window held more than a budget allowed. */
  static BudgetHistories of(long seed) {
    BudgetHistories history = new BudgetHistories(seed);
    for (int i = 0; i < 60; i++) {
      history.step(seed);
    }
    return history;
  }

  int began() {
    return began.size();
  }

  int held() {
    return refused;
  }

  private WorkloadSighting workload(int number) {
    String platform = random.nextInt(4) == 0 ? "slurm" : "node";
    String owner = "owner-" + random.nextInt(3);
    return new WorkloadSighting(
        new WorkloadId(platform, "m", "ns-" + random.nextInt(2), "process", "job-" + number),
        Incarnation.of(number + "@boot", List.of()),
        WorkloadKind.TRAINING,
        owner,
        "",
        new Extent.Unknown("a test"),
        Protection.none(),
        Optional.empty(),
        "");
  }

  private void step(long seed) {
    switch (random.nextInt(12)) {
      case 0 -> log = journal.open();
      case 1 -> {
        journal.reboot();
        // the next boot's clock may read anything, whatever time has passed
        Duration passed = Duration.ofMinutes(random.nextInt(10));
        Duration read = Duration.ofMinutes(random.nextInt(3_000));
        ticker.advance(passed.plus(read));
        madeUpNanos += read.toNanos();
        log = journal.open();
      }
      case 2 -> change();
      default -> {
        ticker.advance(Duration.ofSeconds(random.nextInt(1_200)));
        want(seed);
      }
    }
  }

  private void change() {
    List<Budget> next = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Scope scope =
          random.nextInt(3) > 0
              ? Scope.ALL
              : new Scope(List.of(), List.of(new Glob("node")), List.of(), List.of(), List.of());
      Budget.Each each = Budget.Each.values()[random.nextInt(Budget.Each.values().length)];
      next.add(
          new Budget(
              scope,
              each,
              random.nextBoolean() ? OptionalInt.of(random.nextInt(6)) : OptionalInt.empty(),
              random.nextBoolean()
                  ? OptionalDouble.of(random.nextInt(30) / 100.0)
                  : OptionalDouble.empty(),
              random.nextBoolean()
                  ? Optional.of(Money.of(String.valueOf(random.nextInt(20)), "USD"))
                  : Optional.empty(),
              Duration.ofMinutes(1 + random.nextInt(400))));
    }
    budgets = next;
  }

  private void want(long seed) {
    Plan plan = plan(fleet.get(random.nextInt(fleet.size())));
    BudgetGuard guard = new BudgetGuard(Budget.of(1_000, Duration.ofMinutes(1)), budgets);
    Optional<Verdict> objection = log.locked(state -> guard.check(question(plan, state)));
    if (objection.isPresent()) {
      refused++;
      return;
    }
    log.append(new Decision.PlanOpened(plan));
    log.append(
        new Decision.Intent(
            plan.id(),
            1,
            "sigterm",
            Step.Effect.HARMING,
            plan.workload().toString(),
            plan.rule(),
            "terminate",
            "x"));
    began.add(new Began(plan, trueNanos()));
    budgets.forEach(budget -> check(budget, plan, seed));
  }

  private long trueNanos() {
    return ticker.nanos() - madeUpNanos;
  }

  private Plan plan(WorkloadSighting target) {
    Cost saves =
        random.nextInt(10) == 0
            ? new Cost.Unknown("no price")
            : new Cost.Known(MoneyPerHour.of(String.valueOf(random.nextInt(5)), "USD"), "a list");
    return new Plan(
        "p" + plans++,
        "ep" + plans,
        "rule-" + random.nextInt(2),
        "rules",
        target,
        new Remedy.Terminate(),
        List.of(),
        saves,
        List.of());
  }

  private Question question(Plan plan, DecisionState state) {
    Question of = asked.question();
    return new Question(
        plan, of.step(), of.situation(), false, Optional.empty(), state, List.of(), ticker.nanos());
  }

  /** The stretch of the budget's time that ends now, by the true time. */
  private void check(Budget budget, Plan newest, long seed) {
    if (!covers(budget, newest)) {
      return;
    }
    List<Plan> within =
        began.stream()
            .filter(one -> trueNanos() - one.atNanos() < budget.per().toNanos())
            .map(Began::plan)
            .filter(one -> covers(budget, one) && key(budget, one).equals(key(budget, newest)))
            .toList();
    if (budget.actions().isPresent() && within.size() > budget.actions().getAsInt()) {
      throw new AssertionError("seed " + seed + ": " + within.size() + " by " + budget);
    }
    long seen =
        fleet.stream()
            .filter(one -> budget.scope().covers(newest.rule(), one))
            .filter(one -> key(budget, plan(newest, one)).equals(key(budget, newest)))
            .count();
    if (budget.share().isPresent()
        && within.size() > budget.share().getAsDouble() * Math.max(20, seen)) {
      throw new AssertionError(
          "seed " + seed + ": " + within.size() + " of " + seen + " by " + budget);
    }
    budget.cost().ifPresent(most -> checkMoney(within, most, seed));
  }

  private static void checkMoney(List<Plan> within, Money most, long seed) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Plan one : within) {
      if (!(one.saves() instanceof Cost.Known known)) {
        throw new AssertionError("seed " + seed + ": nobody knows what it costs");
      }
      sum = sum.add(known.rate().perHour().amount());
    }
    if (sum.compareTo(most.amount()) > 0) {
      throw new AssertionError("seed " + seed + ": " + sum + " of " + most);
    }
  }

  private static Plan plan(Plan like, WorkloadSighting target) {
    return new Plan(
        like.id(),
        like.episode(),
        like.rule(),
        like.ruleSet(),
        target,
        like.remedy(),
        List.of(),
        like.saves(),
        List.of());
  }

  private static boolean covers(Budget budget, Plan plan) {
    return budget.scope().covers(plan.rule(), plan.target());
  }

  private static String key(Budget budget, Plan plan) {
    WorkloadSighting target = plan.target();
    return switch (budget.each()) {
      case ALL -> "";
      case PLATFORM -> target.id().platform();
      case NAMESPACE -> target.id().platform() + "/" + target.id().namespace();
      case OWNER -> target.owner();
      case RULE -> plan.rule();
    };
  }
}
