package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.decision.PlanState;
import dev.reeve.model.SubjectId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A workload that was touched is left alone for a while, whatever incarnation carries its name, and
 * one that another plan is still at work on is left to that plan, however long it takes.
 */
record CooldownGuard(Duration cooldown) implements Guard {
  @Override
  public String name() {
    return "cooldown";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    SubjectId target = question.plan().target().subject();
    for (PlanState other : question.state().plans()) {
      if (other.open()
          && !other.plan().id().equals(question.plan().id())
          && other.plan().target().subject().equals(target)) {
        return hold("plan " + other.plan().id() + " is still being carried out on it", cooldown);
      }
    }
    OptionalLong last =
        question
            .state()
            .spent()
            .lastActed(question.plan().workload().toString(), question.plan().id());
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Duration since =
        Duration.ofNanos(question.state().timelineAt(question.nowNanos()) - last.getAsLong());
    if (since.compareTo(cooldown) >= 0) {
      return Optional.empty();
    }
    return hold(
        "it was acted on " + text(since) + " ago, the cooldown is " + text(cooldown),
        cooldown.minus(since));
  }
}
