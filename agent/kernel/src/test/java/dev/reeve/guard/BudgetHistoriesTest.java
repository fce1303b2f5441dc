package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BudgetHistoriesTest {
  /** As many as a check of a change has time for; .ci/long runs 100,000. */
  private static final int HISTORIES = 5_000;

  @Test
  void noSlidingWindowEverHoldsMoreThanABudgetAllows() {
    int began = 0;
    int held = 0;
    for (int seed = 1; seed <= HISTORIES; seed++) {
      BudgetHistories history = BudgetHistories.of(seed);
      began += history.began();
      held += history.held();
    }
    // histories in which nothing begins, or everything does, would prove nothing
    assertTrue(began > 10 * HISTORIES, "began: " + began);
    assertTrue(held > 10 * HISTORIES, "held: " + held);
  }
}
