package dev.reeve.guard;

import dev.reeve.decision.Batches;
import java.util.Optional;

/**
 * What the first full window after a start finds is looked at by a person once: who has just begun
 * to look knows nobody's habits, and what was idle all along is rarely meant to be ended now.
 */
record BaselineGuard(boolean asks, Approving approving) implements Guard {
  @Override
  public String name() {
    return "baseline";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (!asks
        || !question.state().batches().isBaseline(question.plan().episode())
        || approving.given(question)) {
      return Optional.empty();
    }
    int waiting = question.state().waiting(Batches.Kind.BASELINE).size();
    return ask(
        "the first full window after a start found it; 'reeve approve baseline' lets "
            + (waiting == 1 ? "it" : "all " + waiting + " of that batch")
            + " go on, 'reeve approve "
            + question.plan().id()
            + "' this one"
            + approving.missing(question));
  }
}
