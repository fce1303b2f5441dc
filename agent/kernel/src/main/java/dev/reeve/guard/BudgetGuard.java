package dev.reeve.guard;

import java.util.List;
import java.util.Optional;

/**
 * Only so many plans begin within a sliding time. The intent reserves it: the question is asked and
 * the intent appended under one lock. A plan that has begun has its share already.
 *
 * @param most over all workloads
 * @param budgets beside that; each can only hold more back
 */
record BudgetGuard(Budget most, List<Budget> budgets) implements Guard {
  BudgetGuard {
    budgets = List.copyOf(budgets);
  }

  @Override
  public String name() {
    return GuardChain.BUDGET;
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (begun(question)) {
      return Optional.empty();
    }
    Optional<String> all = most.objection(question);
    if (all.isPresent()) {
      return hold(all.get() + " (guard.budget)", most.per());
    }
    for (Budget budget : budgets) {
      Optional<String> objection = budget.objection(question);
      if (objection.isPresent()) {
        return hold(objection.get() + " (guard.budgets)", budget.per());
      }
    }
    return Optional.empty();
  }

  static boolean begun(Question question) {
    return question
        .state()
        .plan(question.plan().id())
        .map(state -> !state.steps().isEmpty())
        .orElse(false);
  }
}
