package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import java.time.Duration;
import java.util.Optional;

/**
 * Only so many plans begin within a sliding time. The intent reserves it: the question is asked and
 * the intent appended under one lock. A plan that has begun has its share already.
 */
record BudgetGuard(int plans, Duration per) implements Guard {
  @Override
  public String name() {
    return "budget";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    boolean begun =
        question
            .state()
            .plan(question.plan().id())
            .map(state -> !state.steps().isEmpty())
            .orElse(false);
    if (begun) {
      return Optional.empty();
    }
    long now = question.state().timelineAt(question.nowNanos());
    int spent = question.state().actionsSince(now - per.toNanos());
    if (spent < plans) {
      return Optional.empty();
    }
    return hold(
        spent + " of " + plans + " plans within " + text(per) + " are spent (guard.budget)", per);
  }
}
