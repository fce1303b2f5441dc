package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.decision.Discoveries;
import java.time.Duration;
import java.util.Optional;

/**
 * Where too many were found at once, it is rather the observer who is wrong: nothing is done about
 * any of them unless somebody approves it. The loop journals what is doubted.
 */
record MassVetoGuard(Approving approving) implements Guard {
  @Override
  public String name() {
    return "mass_veto";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (approving.given(question)) {
      return Optional.empty();
    }
    Duration watched = Duration.ofNanos(question.nowNanos() - question.situation().startedNanos());
    if (watched.compareTo(Discoveries.TOGETHER) < 0) {
      return hold(
          "observed for " + text(watched) + ", whether it is one of many shows after 5m",
          Discoveries.TOGETHER.minus(watched));
    }
    return question
        .state()
        .discoveries()
        .doubt(question.plan().episode())
        .flatMap(
            doubt ->
                ask(
                    "rule "
                        + doubt.rule()
                        + " found "
                        + doubt.found()
                        + " of "
                        + doubt.targets()
                        + " workloads within minutes, which is rather a fault of what observes"
                        + " them; 'reeve approve "
                        + question.plan().id()
                        + "' lets this one"
                        + approving.missing(question)));
  }
}
