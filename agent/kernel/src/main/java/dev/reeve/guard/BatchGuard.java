package dev.reeve.guard;

import dev.reeve.decision.Decision;
import java.util.Optional;

/** Plans that became due together, more than a budget had left, wait for a person's answer. */
record BatchGuard(Approving approving) implements Guard {
  @Override
  public String name() {
    return "batch";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    Optional<Decision.OverBudget> batch =
        question.state().batches().overBudget(question.plan().episode());
    if (batch.isEmpty() || approving.given(question)) {
      return Optional.empty();
    }
    return ask(
        batch.get().episodes().size()
            + " plans became due together, more than is left: "
            + batch.get().why()
            + "; 'reeve approve budget' releases them as it allows, the oldest first"
            + approving.missing(question));
  }
}
