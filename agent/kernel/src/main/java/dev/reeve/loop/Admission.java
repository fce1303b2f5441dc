package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionState;
import dev.reeve.guard.Question;
import dev.reeve.guard.ReRead;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the guard for one step and, if it lets the step pass, appends the intent under the same
 * lock. The platform is read in between, outside of the lock: the loop, the stop button and other
 * plans go on however long that takes. All that was asked before is asked again afterwards, so
 * whatever came meanwhile counts.
 */
final class Admission {
  private static final Duration SOON = Duration.ofMillis(100);

  private final PlanRunner.Ports ports;

  /**
   * What is to be admitted.
   *
   * @param first whether the plan begins with it
   * @param underWay see {@link Question}
   */
  record Asked(Plan plan, Step step, boolean first, boolean underWay) {}

  Admission(PlanRunner.Ports ports) {
    this.ports = ports;
  }

  Verdict admit(Asked asked) throws InterruptedException {
    Verdict verdict = judge(asked);
    ports.events().judged(asked.plan(), asked.step(), verdict);
    return verdict;
  }

  private Verdict judge(Asked asked) throws InterruptedException {
    if (asked.step().effect() == Step.Effect.RESTORING) {
      return ports.log().locked(state -> restore(asked, state));
    }
    Optional<Verdict> objection = ports.log().locked(state -> objection(asked, state));
    if (objection.isPresent()) {
      return objection.get();
    }
    ReRead read = ports.guards().reRead(asked.plan());
    return ports.log().locked(state -> decide(asked, state, read));
  }

  /** What was taken is given back whatever was judged last, and before anything was. */
  private Verdict restore(Asked asked, DecisionState state) {
    return intended(
        asked,
        unfit(asked, state)
            .orElseGet(() -> ports.guards().restore(asked.plan(), asked.step(), state)));
  }

  /** Whether anything speaks against the step before its platform is asked. */
  private Optional<Verdict> objection(Asked asked, DecisionState state) {
    Optional<Situation> situation = situation(asked);
    if (situation.isEmpty()) {
      return Optional.of(unjudged());
    }
    return unfit(asked, state)
        .or(
            () ->
                ports
                    .guards()
                    .objection(question(asked, situation.get(), state, Optional.empty())));
  }

  private Verdict decide(Asked asked, DecisionState state, ReRead read) {
    Optional<Situation> situation = situation(asked);
    if (situation.isEmpty()) {
      return unjudged();
    }
    return intended(
        asked,
        unfit(asked, state)
            .orElseGet(
                () ->
                    ports
                        .guards()
                        .judge(question(asked, situation.get(), state, Optional.of(read)))));
  }

  private Verdict intended(Asked asked, Verdict verdict) {
    if (verdict instanceof Verdict.Go) {
      intend(asked);
    }
    return verdict;
  }

  /** What no guard knows: that a step was sent, and that its episode is not due any more. */
  private Optional<Verdict> unfit(Asked asked, DecisionState state) {
    boolean sent =
        state
            .plan(asked.plan().id())
            .flatMap(known -> known.step(asked.step().number()))
            .isPresent();
    if (sent) {
      return Optional.of(
          new Verdict.Deny("identity", "this step has an intent: it is never sent twice"));
    }
    return actable(asked.plan())
        ? Optional.empty()
        : Optional.of(new Verdict.Deny("identity", "its episode is not due any more"));
  }

  private static Verdict unjudged() {
    return new Verdict.Hold("fresh_evidence", "no cycle has judged it yet", SOON);
  }

  private Optional<Situation> situation(Asked asked) {
    return ports.situations().apply(asked.plan().episode());
  }

  private Question question(
      Asked asked, Situation situation, DecisionState state, Optional<ReRead> read) {
    return new Question(
        asked.plan(),
        asked.step(),
        situation,
        asked.underWay(),
        read,
        state,
        List.of(),
        ports.clocks().evidence().nanos());
  }

  /** The cycle that was judged from may be over: what counts is the episode as it is now. */
  private boolean actable(Plan plan) {
    return ports
        .book()
        .track(plan.episode())
        .map(track -> track.episode().state())
        .filter(state -> state == EpisodeState.DUE || state.acting())
        .isPresent();
  }

  private void intend(Asked asked) {
    Plan plan = asked.plan();
    Step step = asked.step();
    if (asked.first()) {
      ports.log().append(new Decision.PlanOpened(plan));
    }
    ports
        .log()
        .append(
            new Decision.Intent(
                plan.id(),
                step.number(),
                step.name(),
                step.effect(),
                plan.workload().toString(),
                plan.rule(),
                plan.remedy().verb(),
                plan.target().incarnation().uid()));
    ports.book().move(plan.episode(), EpisodeState.INTENT, "to " + step.name());
  }
}
