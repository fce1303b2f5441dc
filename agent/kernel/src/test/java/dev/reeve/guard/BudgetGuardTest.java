package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.decision.Batches;
import dev.reeve.decision.Decision;
import dev.reeve.model.Cost;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetGuardTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
    asked.budget = 1_000;
  }

  private void budget(Budget.Each each, OptionalInt actions, OptionalDouble share) {
    asked.policy =
        GuardPolicy.NONE.withBudgets(
            List.of(new Budget(Scope.ALL, each, actions, share, Optional.empty(), DAY)));
  }

  private void acted(String plan, String workload) {
    asked.actedOn(plan, workload);
    asked.ticker.advance(Duration.ofSeconds(1));
  }

  @Test
  void holdsWhatIsOverABudgetOfItsPlatform() throws InterruptedException {
    budget(Budget.Each.PLATFORM, OptionalInt.of(1), OptionalDouble.empty());
    acted("p1", "slurm/m/bo/job/a");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "node/m/bo/process/b");
    asked.objects(
        "budget",
        BudgetGuard.class,
        "1 of 1 plans are spent for platform 'node' within 1d (guard.budgets)");
    asked.ticker.advance(DAY);
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void countsNamespacesApart() throws InterruptedException {
    budget(Budget.Each.NAMESPACE, OptionalInt.of(1), OptionalDouble.empty());
    acted("p1", "node/m/bo/process/a");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    acted("p2", "node/m/ana/process/b");
    asked.objects("budget", BudgetGuard.class, "for namespace 'node/ana'");
  }

  /** Of fewer than 20 workloads a share is one of 20, and it is rounded down. */
  @ParameterizedTest
  @CsvSource({"3, 0.05, 1", "19, 0.05, 1", "20, 0.09, 1", "39, 0.05, 1", "40, 0.05, 2"})
  void aShareIsRoundedDown(int seen, double share, int most) throws InterruptedException {
    asked.others = Collections.nCopies(seen, asked.sighting());
    budget(Budget.Each.ALL, OptionalInt.empty(), OptionalDouble.of(share));
    for (int i = 0; i < most; i++) {
      assertInstanceOf(Verdict.Go.class, asked.judge());
      acted("p" + i, "node/m/bo/process/" + i);
    }
    asked.objects("budget", BudgetGuard.class, most + " of " + most + " plans are spent");
  }

  private void money(String most) {
    asked.policy =
        GuardPolicy.NONE.withBudgets(
            List.of(
                new Budget(
                    Scope.ALL,
                    Budget.Each.ALL,
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    Optional.of(Money.of(most, "USD")),
                    DAY)));
  }

  @Test
  void whatIsNotPricedIsOverEveryAmount() throws InterruptedException {
    money("1000");
    asked.objects("budget", BudgetGuard.class, "costs in USD is not known, so it is too much");
    asked.saves = new Cost.Known(MoneyPerHour.of("2.50", "EUR"), "a list");
    asked.objects("budget", BudgetGuard.class, "costs in USD is not known");
  }

  @Test
  void holdsWhatWouldBeginOnMoreThanAnAmount() throws InterruptedException {
    money("2.50");
    asked.saves = new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a list");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.ahead = List.of(asked.plan());
    asked.objects("budget", BudgetGuard.class, "plans for 5.00 USD an hour would begin");
    asked.ahead = List.of();
    // what one before it costs is not known either
    acted("p1", "node/m/bo/process/a");
    asked.objects("budget", BudgetGuard.class, "not known");
  }

  @Test
  void whatBeginsInTheSameCycleCountsBeforeItsIntent() throws InterruptedException {
    asked.budget = 1;
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.ahead = List.of(asked.plan());
    asked.objects("budget", BudgetGuard.class, "1 of 1 plans are spent within 10m (guard.budget)");
  }

  @Test
  void asksSomebodyAboutWhatBecameDueTogetherAndIsTooMuch() throws InterruptedException {
    asked.decide(new Decision.OverBudget(List.of("ep0", "ep1"), "1 of 1 plans are spent"));
    asked.objects("batch", BatchGuard.class, "2 plans became due together, more than is left");
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    asked.decide(new Decision.BatchConfirmed(Batches.Kind.BUDGET, List.of("ep0", "ep1"), "bo"));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void aNameThatCannotBeReadMayBeAnybodys() throws InterruptedException {
    budget(Budget.Each.PLATFORM, OptionalInt.of(1), OptionalDouble.empty());
    acted("p1", "no name");
    assertEquals("budget", asked.judge().guard());
  }
}
