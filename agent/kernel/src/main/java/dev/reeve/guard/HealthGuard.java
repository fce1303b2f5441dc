package dev.reeve.guard;

import dev.reeve.model.Remedy;
import dev.reeve.model.Subject;
import java.util.Optional;

/**
 * Sick is not waste. Work on a GPU that failed looks idle, or hung at full utilization, and its
 * counters cannot be believed: whoever ends it punishes the owner for the hardware. Only a drain,
 * which is for sick devices, passes.
 *
 * <p>It knows what was seen: where no source tells how a device is, it does not object.
 */
final class HealthGuard implements Guard {
  @Override
  public String name() {
    return "health";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (question.underWay() || question.plan().remedy() instanceof Remedy.Drain) {
      return Optional.empty();
    }
    return question
        .situation()
        .workload()
        .map(Subject.Workload::sick)
        .filter(signs -> !signs.isEmpty())
        .flatMap(signs -> deny("a device of it is sick, which is no waste: " + signs));
  }
}
