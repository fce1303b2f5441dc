package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.decision.Decision;
import dev.reeve.model.Cost;
import dev.reeve.model.Expression;
import dev.reeve.model.Limit;
import dev.reeve.model.Limit.Each;
import dev.reeve.model.Limit.Measure;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.Trait;
import dev.reeve.model.Unit;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleLimitGuardTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Currency USD = Currency.getInstance("USD");

  @TempDir private Path folder;
  private Asked asked;

  @BeforeEach
  void nothingElseObjects() {
    asked = new Asked(folder);
    asked.budget = 1_000;
    asked.policy = GuardPolicy.NONE.withMuteAfter(100);
  }

  @Test
  void holdsWhenTheRuleHasSpentWhatItAllowsItself() throws InterruptedException {
    asked.limits = List.of(limit(Measure.ACTIONS, 2, Each.RULE));
    acted("p1", "idle-workload", "ana");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "idle-workload", "ben");
    objects("2 of 2 plans are spent within 1d (limits of rule idle-workload)");
    asked.ticker.advance(DAY.plusSeconds(1));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void countsNoOtherRules() throws InterruptedException {
    asked.limits = List.of(limit(Measure.ACTIONS, 1, Each.RULE));
    acted("p1", "another-rule", "ana");
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void countsOwnersApart() throws InterruptedException {
    asked.limits = List.of(limit(Measure.ACTIONS, 1, Each.OWNER));
    acted("p1", "idle-workload", "ben");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "idle-workload", "ana");
    objects("1 of 1 plans are spent for owner 'ana' within 1d");
  }

  @Test
  void theOperatorsBudgetHoldsWhateverTheRuleAllowsItself() throws InterruptedException {
    asked.budget = 1;
    asked.limits = List.of(limit(Measure.ACTIONS, 1_000, Each.RULE));
    acted("p1", "idle-workload", "ben");
    assertEquals("budget", asked.judge().guard());
  }

  @Test
  void aPlanThatHasBegunHasItsShareAlready() throws InterruptedException {
    asked.limits = List.of(limit(Measure.ACTIONS, 1, Each.RULE));
    asked.actedOn(asked.plan().id(), asked.id().toString());
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void aShareOfFewWorkloadsIsOneOfTwenty() throws InterruptedException {
    asked.limits = List.of(limit(Measure.SHARE, 0.1, Each.RULE));
    asked.population = 3;
    acted("p1", "idle-workload", "ana");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "idle-workload", "ana");
    objects("2 of 2 plans");
    asked.population = 39;
    acted("p3", "idle-workload", "ana");
    objects("3 of 3 plans");
    asked.population = 40;
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void aShareIsNeverMoreThanItSaysAndNoLess() throws InterruptedException {
    asked.limits = List.of(limit(Measure.SHARE, 0.05, Each.RULE));
    asked.population = 39;
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p1", "idle-workload", "ana");
    objects("1 of 1 plans");
    asked.limits = List.of(limit(Measure.SHARE, 0.04, Each.RULE));
    asked.population = 3;
    objects("its share of 20 workloads is less than one plan within 1d");
    asked.population = 50;
    assertInstanceOf(Verdict.Go.class, asked.judge());
    // not quite 29 in binary
    asked.limits = List.of(limit(Measure.SHARE, 0.29, Each.RULE));
    asked.population = 100;
    for (int i = 2; i <= 28; i++) {
      acted("p" + i, "idle-workload", "ana");
    }
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p29", "idle-workload", "ana");
    objects("29 of 29 plans");
  }

  @Test
  void whatIsSpentInMoneyHolds() throws InterruptedException {
    asked.limits = List.of(limit(Measure.COST, 10, Each.RULE));
    asked.saves = known("4", "USD");
    acted("p1", "idle-workload", "ana");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "idle-workload", "ana");
    objects("with it, plans for 12.00 USD an hour would begin, at most 10.00 USD may within 1d");
  }

  @Test
  void whatCostsNobodyKnowsHowMuchIsWithinNoAmount() throws InterruptedException {
    asked.limits = List.of(limit(Measure.COST, 10, Each.RULE));
    objects("costs in USD is not known");
    asked.saves = known("1", "EUR");
    objects("costs in USD is not known");
  }

  @Test
  void aLimitByAnUnknownNameHolds() throws InterruptedException {
    Expression most =
        new Expression.Choice(
            Trait.GPU_MODEL,
            List.of("*H100*"),
            new Expression.Constant(1, Unit.COUNT),
            new Expression.Constant(5, Unit.COUNT));
    asked.limits = List.of(new Limit(Measure.ACTIONS, most, Optional.empty(), DAY, Each.RULE));
    objects("depends on a name that is not known");
  }

  @Test
  void aLimitMayDifferByName() throws InterruptedException {
    Expression most =
        new Expression.Choice(
            Trait.GROUP,
            List.of("te*"),
            new Expression.Constant(0, Unit.COUNT),
            new Expression.Constant(5, Unit.COUNT));
    asked.limits = List.of(new Limit(Measure.ACTIONS, most, Optional.empty(), DAY, Each.RULE));
    objects("0 of 0 plans");
  }

  private void objects(String reason) throws InterruptedException {
    asked.objects("rule_limit", RuleLimitGuard.class, reason);
  }

  private static Cost known(String amount, String currency) {
    return new Cost.Known(MoneyPerHour.of(amount, currency), "a list");
  }

  private static Limit limit(Measure measure, double most, Each each) {
    Unit unit =
        switch (measure) {
          case ACTIONS, NOTICES -> Unit.COUNT;
          case SHARE -> Unit.RATIO;
          case COST -> Unit.MONEY_PER_HOUR;
        };
    Optional<Currency> currency = measure == Measure.COST ? Optional.of(USD) : Optional.empty();
    return new Limit(measure, new Expression.Constant(most, unit), currency, DAY, each);
  }

  /** A plan of a rule that began on another workload and is over. */
  private void acted(String plan, String rule, String owner) {
    WorkloadSighting of = asked.sighting();
    WorkloadSighting other =
        new WorkloadSighting(
            of.id(),
            of.incarnation(),
            of.kind(),
            owner,
            of.group(),
            of.extent(),
            of.protection(),
            of.checkpoint(),
            of.foreignTo());
    asked.decide(
        new Decision.PlanOpened(
            new Plan(
                plan,
                "ep0",
                rule,
                "rules",
                other,
                new Remedy.Terminate(),
                List.of(),
                asked.saves,
                List.of())));
    asked.decide(
        new Decision.Intent(
            plan, 1, "sigterm", Step.Effect.HARMING, "node/m/x/unit/y", rule, "terminate", "x"));
    asked.decide(
        new Decision.PlanClosed(plan, Decision.Result.FAILED, "over", new Cost.Unknown("")));
  }
}
