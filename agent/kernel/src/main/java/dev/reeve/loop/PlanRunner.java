package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import dev.reeve.time.Clocks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries one plan out on a thread of its own: each step with its own intent, permit, kill-switch
 * check and outcome. After a restart it reads back first, sends nothing twice, and lets harming
 * steps wait for a full window and a fresh verdict.
 */
final class PlanRunner {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Evidence clock: a step that was held longer needs evidence of its own. */
  private static final Duration HELD = Duration.ofMinutes(1);

  private final Ports ports;
  private final Admission admission;
  private final Action action;
  private boolean underWay;
  private Plan plan;

  /**
   * What every runner needs.
   *
   * @param situations the newest situation of an episode, by its id
   */
  record Ports(
      DecisionLog log,
      EpisodeBook book,
      GuardChain guards,
      Function<String, Optional<Situation>> situations,
      LoopEvents events,
      Clocks clocks,
      CrashPoint crashPoint) {}

  PlanRunner(Ports ports, Action action, Plan plan) {
    this.ports = ports;
    this.admission = new Admission(ports);
    this.action = action;
    this.plan = plan;
  }

  /**
   * Asks the guard for the first step and, if it lets it pass, carries the plan out to its end.
   *
   * @return the verdict on the first step
   */
  Verdict run() throws InterruptedException {
    Step first = plan.steps().getFirst();
    Verdict verdict = admit(first, true);
    if (verdict instanceof Verdict.Go go) {
      underWay = true;
      if (execute(first, go)) {
        runFrom(1);
      }
    }
    return verdict;
  }

  /** Goes on with a plan that a restart interrupted. */
  void resume(PlanState state) throws InterruptedException {
    plan = state.plan();
    PlanState.StepState last = state.steps().isEmpty() ? null : state.steps().getLast();
    if (last == null) {
      close(Decision.Result.FAILED, "restarted before the first intent");
      return;
    }
    if (last.step() > plan.steps().size()) {
      acted("restarted while giving back");
      fail("restarted while giving back what was taken");
      return;
    }
    Step step = plan.steps().get(last.step() - 1);
    acted("restarted");
    if (last.outcome().isEmpty()) {
      String seen = "restarted between intent and outcome; it is not sent again";
      ports
          .log()
          .append(
              new Decision.StepEnded(
                  plan.id(), step.number(), new Outcome.Unknown(seen), Optional.empty()));
    }
    Outcome outcome = last.outcome().orElse(new Outcome.Unknown("restarted"));
    if (last.waited().isPresent() || settle(step, outcome)) {
      runFrom(step.number());
    }
  }

  /** A restart may have left the episode at an intent whose call came to nothing or to an end. */
  private void acted(String note) {
    boolean intent =
        ports
            .book()
            .track(plan.episode())
            .map(track -> track.episode().state() == EpisodeState.INTENT)
            .orElse(false);
    if (intent) {
      ports.book().move(plan.episode(), EpisodeState.ACTED, note);
    }
  }

  private void runFrom(int index) throws InterruptedException {
    for (int i = index; i < plan.steps().size(); i++) {
      if (reachedEnd()) {
        close(Decision.Result.VERIFIED, "the goal is there");
        return;
      }
      Step step = plan.steps().get(i);
      Optional<Verdict.Go> go = await(step);
      if (go.isEmpty() || !execute(step, go.get())) {
        return;
      }
    }
    if (reachedEnd()) {
      close(Decision.Result.VERIFIED, "the goal is there");
    } else {
      close(Decision.Result.FAILED, "all steps were made, and the goal is not there");
    }
  }

  /** Waits for a permit as long as the guard only holds. */
  private Optional<Verdict.Go> await(Step step) throws InterruptedException {
    long began = ports.clocks().evidence().nanos();
    long until = began + patience().toNanos();
    while (true) {
      underWay &= ports.clocks().evidence().nanos() - began <= HELD.toNanos();
      Verdict verdict = admit(step, false);
      switch (verdict) {
        case Verdict.Go go -> {
          return Optional.of(go);
        }
        case Verdict.Deny deny when !deny.guard().equals("kill_switch") -> {
          fail("step '" + step.name() + "' is denied by " + deny.guard() + ": " + deny.reason());
          return Optional.empty();
        }
        case Verdict.Deny _, Verdict.Hold _, Verdict.AskHuman _ -> {
          if (reachedEnd()) {
            close(Decision.Result.VERIFIED, "the goal is there");
            return Optional.empty();
          }
          if (ports.clocks().evidence().nanos() > until) {
            fail("step '" + step.name() + "' was held too long by " + verdict.guard());
            return Optional.empty();
          }
          ports.book().note(plan.episode(), verdict.guard() + ": " + verdict.reason());
          ports.clocks().world().sleep(POLL);
        }
      }
    }
  }

  /** How long a plan waits for a permit between two steps: two windows and an hour. */
  private Duration patience() {
    Duration span =
        ports
            .situations()
            .apply(plan.episode())
            .map(situation -> situation.rule().longestSpan())
            .orElse(Duration.ofMinutes(30));
    return span.multipliedBy(2).plusHours(1);
  }

  private Verdict admit(Step step, boolean first) throws InterruptedException {
    return admission.admit(new Admission.Asked(plan, step, first, underWay));
  }

  /** Makes the call and waits for its goal. False when the plan was closed. */
  private boolean execute(Step step, Verdict.Go go) throws InterruptedException {
    ports.crashPoint().reached("plan.before-call");
    Outcome outcome = call(step, go);
    ports.crashPoint().reached("plan.before-outcome");
    ports.log().append(new Decision.StepEnded(plan.id(), step.number(), outcome, readBack()));
    plan = ports.log().locked(state -> state.plan(plan.id()).map(PlanState::plan).orElse(plan));
    ports.events().stepped(plan, step, outcome);
    ports.book().move(plan.episode(), EpisodeState.ACTED, step.name() + ": " + outcome.word());
    return switch (outcome) {
      case Outcome.Refused refused -> fail(step.name() + " was refused: " + refused.detail());
      case Outcome.Failed failed -> fail(step.name() + " failed: " + failed.detail());
      case Outcome.Done _, Outcome.NothingToDo _, Outcome.Unknown _ -> settle(step, outcome);
    };
  }

  /** An action that throws gave no answer. */
  private Outcome call(Step step, Verdict.Go go) throws InterruptedException {
    try {
      return action.execute(plan, step, go.permit());
    } catch (RuntimeException failure) {
      return new Outcome.Unknown("the action broke off: " + failure);
    }
  }

  /** The target as our own write left it, if it is still the same object. */
  private Optional<WorkloadSighting> readBack() throws InterruptedException {
    return switch (target()) {
      case Action.Target.Present present
          when present.now().incarnation().sameObject(plan.target().incarnation()) ->
          Optional.of(advanced(present.now()));
      case Action.Target.Present _, Action.Target.Gone _, Action.Target.Unreadable _ ->
          Optional.empty();
    };
  }

  private Action.Target target() throws InterruptedException {
    try {
      return action.read(plan.workload(), plan.target().incarnation());
    } catch (RuntimeException bug) {
      return new Action.Target.Unreadable("the action broke off: " + bug);
    }
  }

  /** What was declared is known from the judgement, not from the platform. */
  private WorkloadSighting advanced(WorkloadSighting now) {
    return new WorkloadSighting(
        now.id(),
        now.incarnation(),
        plan.target().kind(),
        plan.target().owner(),
        plan.target().group(),
        plan.target().extent(),
        now.protection(),
        plan.target().checkpoint(),
        now.foreignTo());
  }

  /** Waits for a step's goal. False when the plan was closed. */
  private boolean settle(Step step, Outcome outcome) throws InterruptedException {
    boolean reached = waitFor(step);
    ports.crashPoint().reached("plan.between-steps");
    if (!reached && outcome instanceof Outcome.Unknown && !step.continueWhenUnknown()) {
      return fail("whether '" + step.name() + "' was made is not known, and its goal is not there");
    }
    if (!reached && !step.readable() && !step.continueWhenUnknown()) {
      return fail("'" + step.name() + "' was not acknowledged");
    }
    return true;
  }

  private boolean waitFor(Step step) throws InterruptedException {
    long until = ports.clocks().world().nanos() + step.deadline().toNanos();
    Action.Progress progress = progress(step);
    while (!(progress instanceof Action.Progress.Reached)
        && ports.clocks().world().nanos() < until) {
      ports.clocks().world().sleep(POLL);
      progress = progress(step);
    }
    boolean reached = progress instanceof Action.Progress.Reached;
    ports.log().append(new Decision.StepWaited(plan.id(), step.number(), reached, text(progress)));
    return reached;
  }

  private static String text(Action.Progress progress) {
    return switch (progress) {
      case Action.Progress.Reached reached -> reached.seen();
      case Action.Progress.NotYet not -> not.seen();
      case Action.Progress.Unreadable unreadable -> unreadable.reason();
    };
  }

  private boolean reachedEnd() throws InterruptedException {
    return progress(plan.steps().getLast()) instanceof Action.Progress.Reached;
  }

  /** An action that throws leaves a plan in doubt, but not open for ever. */
  private Action.Progress progress(Step step) throws InterruptedException {
    try {
      return action.progress(plan, step);
    } catch (RuntimeException bug) {
      return new Action.Progress.Unreadable("the action broke off: " + bug);
    }
  }

  /** Gives back what was taken, in the reverse order, and closes the plan. Always false. */
  private boolean fail(String detail) throws InterruptedException {
    PlanState state = ports.log().locked(all -> all.plan(plan.id())).orElseThrow();
    for (PlanState.StepState made : state.steps().reversed()) {
      Optional<Step> inverse = inverse(made);
      if (inverse.isPresent() && state.step(inverse.get().number()).isEmpty()) {
        giveBack(inverse.get());
      }
    }
    close(Decision.Result.FAILED, detail);
    return false;
  }

  /** Waits while everything is paused: what was taken is not kept because nobody may act. */
  private void giveBack(Step inverse) throws InterruptedException {
    Verdict verdict = admit(inverse, false);
    while (verdict instanceof Verdict.Hold) {
      ports.book().note(plan.episode(), verdict.guard() + ": " + verdict.reason());
      ports.clocks().world().sleep(POLL);
      verdict = admit(inverse, false);
    }
    if (verdict instanceof Verdict.Go go) {
      Outcome outcome = call(inverse, go);
      ports
          .log()
          .append(new Decision.StepEnded(plan.id(), inverse.number(), outcome, Optional.empty()));
      ports.events().stepped(plan, inverse, outcome);
      ports.book().move(plan.episode(), EpisodeState.ACTED, "gave back: " + outcome.word());
    }
  }

  /** The inverse of a step that was made; an inverse has none. */
  private Optional<Step> inverse(PlanState.StepState made) {
    return made.step() > plan.steps().size()
        ? Optional.empty()
        : plan.steps().get(made.step() - 1).inverse();
  }

  /** An episode whose plan had no intent yet is judged on as if there had been none. */
  private boolean mayBecome(EpisodeState end) {
    return ports
        .book()
        .track(plan.episode())
        .map(track -> track.episode().state().next().contains(end))
        .orElse(false);
  }

  private void close(Decision.Result result, String detail) {
    Decision.PlanClosed closed = new Decision.PlanClosed(plan.id(), result, detail, plan.saves());
    ports.log().append(closed);
    EpisodeState end =
        switch (result) {
          case VERIFIED -> EpisodeState.VERIFIED;
          case FAILED -> EpisodeState.FAILED;
          case UNKNOWN -> EpisodeState.UNKNOWN;
        };
    if (mayBecome(end)) {
      ports.book().move(plan.episode(), end, detail);
    }
    ports.events().closed(plan, closed);
  }
}
