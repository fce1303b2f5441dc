package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.model.Extent;
import dev.reeve.model.Protection;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The target as its platform shows it right now: the same object, no member that the evidence did
 * not cover, and still not protected.
 *
 * @param declared what workloads declared of their protection, asked after the platform
 * @param world clock
 * @param oldest world clock: how long ago reading it may have begun
 */
record ReReadGuard(
    Function<SubjectId, Protection> declared,
    ProtectionGuard protection,
    Ticker world,
    Duration oldest)
    implements Guard {
  private static final Duration RETRY = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "re_read";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    if (question.reRead().isEmpty()) {
      return deny("it was not read again");
    }
    ReRead read = question.reRead().get();
    if (!read.of(question.plan())) {
      return deny("something else was read again");
    }
    Duration age = world.since(read.startedNanos());
    if (age.compareTo(oldest) > 0) {
      return hold("reading it again took " + text(age) + ", at most " + text(oldest) + " may", age);
    }
    return switch (read.target()) {
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
    double busy = present.utilization().orElse(0);
    if (!question.underWay()
        && SecondWitnessGuard.idleness(question)
        && Busy.says(Signal.GPU_UTILIZATION, busy)) {
      return deny("it works again: a device of it is busy for " + Math.round(busy * 100) + " %");
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
