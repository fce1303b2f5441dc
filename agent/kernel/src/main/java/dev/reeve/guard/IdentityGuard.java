package dev.reeve.guard;

import dev.reeve.model.Extent;
import dev.reeve.model.Subject;
import java.time.Duration;
import java.util.Optional;

/**
 * It must be the one that was judged, and its extent must be known and attributed. What is not seen
 * or not sure yet, as just after a start, is unknown: it waits, and whether it is gone is for the
 * re-read to say.
 */
final class IdentityGuard implements Guard {
  private static final Duration RETRY = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    String judged = question.situation().episode().incarnation();
    if (!judged.equals(question.plan().target().incarnation().uid())) {
      return deny("the plan is for another incarnation than the one that was judged");
    }
    if (question.plan().target().extent() instanceof Extent.Unknown unknown) {
      return deny("its extent is not known: " + unknown.reason());
    }
    if (question.underWay()) {
      return Optional.empty();
    }
    Optional<Subject.Workload> seen = question.situation().workload();
    if (seen.isEmpty()) {
      return hold("no lookup sees it now", RETRY);
    }
    Subject.Workload now = seen.get();
    if (!now.incarnation().equals(judged)) {
      return deny("another incarnation holds its name now");
    }
    return switch (now.attribution()) {
      case Subject.Attribution.Unsure unsure ->
          hold("whose GPUs these are is not sure: " + unsure.reason(), RETRY);
      case Subject.Attribution.Agreed _ -> Optional.empty();
    };
  }
}
