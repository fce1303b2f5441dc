package dev.reeve.guard;

import dev.reeve.model.Extent;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the target from its platform once more, as it is right now: the same object, no member that
 * the evidence did not cover, and still not protected.
 */
record ReReadGuard(
    Function<String, Optional<Action>> actions,
    Function<SubjectId, Protection> declared,
    ProtectionGuard protection)
    implements Guard {
  private static final Duration RETRY = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "re_read";
  }

  @Override
  public Optional<Verdict> check(Question question) throws InterruptedException {
    WorkloadSighting judged = question.plan().target();
    Optional<Action> action = actions.apply(judged.id().platform());
    if (action.isEmpty()) {
      return deny("no action for platform '" + judged.id().platform() + "' is configured");
    }
    return switch (action.get().read(judged.id(), judged.incarnation())) {
      case Action.Target.Gone _ -> deny("it is gone");
      case Action.Target.Unreadable unreadable ->
          hold("it cannot be read: " + unreadable.reason(), RETRY);
      case Action.Target.Present present -> compare(question, present);
    };
  }

  private Optional<Verdict> compare(Question question, Action.Target.Present present) {
    WorkloadSighting judged = question.plan().target();
    WorkloadSighting now = present.now();
    if (!now.incarnation().sameObject(judged.incarnation())) {
      return deny("another incarnation holds its name now");
    }
    if (!present.uncovered().isEmpty()) {
      return deny(
          "it has members that the evidence did not cover: "
              + String.join(", ", present.uncovered().stream().limit(5).toList()));
    }
    if (!question.underWay()
        && now.extent() instanceof Extent.Known extent
        && !extent.equals(judged.extent())) {
      return deny("it holds other GPUs now than the ones that were judged");
    }
    if (declared.apply(judged.subject()) instanceof Protection.Protected shield) {
      return deny("protected: " + shield.reason());
    }
    return protection
        .check(question, declaredKind(judged, now))
        .flatMap(objection -> deny(objection.reason()));
  }

  /** A kind that was declared over the run socket is known to the board, not to the platform. */
  private static WorkloadSighting declaredKind(WorkloadSighting judged, WorkloadSighting now) {
    return new WorkloadSighting(
        now.id(),
        now.incarnation(),
        judged.kind(),
        now.owner(),
        now.group(),
        now.extent(),
        now.protection(),
        now.checkpoint(),
        now.foreignTo());
  }
}
