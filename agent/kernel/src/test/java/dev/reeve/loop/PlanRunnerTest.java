package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.Asked;
import dev.reeve.guard.FakeAction;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadId;
import dev.reeve.time.Clocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan on a platform in memory, with the real guards and the real fold. */
final class PlanRunnerTest {
  @TempDir private Path folder;
  private Asked asked;
  private MemoryJournal journal;
  private DecisionLog log;
  private EpisodeBook book;
  private FakeAction action;
  private String episode = "";
  private boolean judged = true;

  @BeforeEach
  void openAnEpisodeThatIsDue() {
    asked = new Asked(folder);
    journal = new MemoryJournal(asked.ticker);
    log = journal.open();
    action = new FakeAction(asked.sighting());
    Episode due =
        new Episode(
            "ep1",
            "idle-workload",
            "rules",
            asked.sighting().subject(),
            asked.sighting().id().toString(),
            asked.sighting().incarnation().uid(),
            EpisodeState.DUE,
            asked.ticker.nanos(),
            OptionalLong.of(asked.ticker.nanos()),
            Promise.of(Duration.ZERO, List.of("terminate")),
            asked.rule().minNotice().toNanos(),
            OptionalLong.empty(),
            "");
    log.append(new Decision.EpisodeMoved(due));
    episode = due.id();
    restart();
  }

  /** All that a restart leaves is the journal. */
  private void restart() {
    log = journal.open();
    book = new EpisodeBook(log, asked.ticker.nanos());
  }

  @Test
  void endsOnTheFirstSignalWithAnIntentBeforeAndAnOutcomeAfter() throws Exception {
    action.beforeAnswer =
        () ->
            assertEquals(
                "intent",
                journal.types().stream().filter(t -> !t.equals("episode")).toList().getLast());
    assertInstanceOf(Verdict.Go.class, runner().run());
    assertEquals(List.of("sigterm"), action.calls);
    assertEquals(Decision.Result.VERIFIED, closed().result());
    assertEquals(
        List.of("plan", "intent", "outcome", "waited", "plan-closed"),
        journal.types().stream()
            .filter(t -> !t.equals("episode") && !t.equals("started"))
            .toList());
    assertEquals(EpisodeState.VERIFIED, state());
  }

  @Test
  void goesOnToTheNextSignalWhereTheFirstDidNotReachTheGoal() throws Exception {
    action.goneAfterCall = false;
    action.beforeAnswer = () -> action.gone = action.calls.size() == 2;
    runner().run();
    assertEquals(List.of("sigterm", "sigkill"), action.calls);
    assertEquals(Decision.Result.VERIFIED, closed().result());
  }

  @Test
  void sendsNothingAfterALostReply() throws Exception {
    action.goneAfterCall = false;
    action.outcome = new Outcome.Unknown("no answer");
    runner().run();
    assertEquals(List.of("sigterm"), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
  }

  @Test
  void readsThatALostReplyDidReachItsGoal() throws Exception {
    action.outcome = new Outcome.Unknown("no answer");
    runner().run();
    assertEquals(List.of("sigterm"), action.calls);
    assertEquals(Decision.Result.VERIFIED, closed().result());
  }

  @Test
  void sendsNoSecondSignalToWhatBecameBusyAgain() throws Exception {
    action.goneAfterCall = false;
    action.beforeAnswer = () -> asked.truth = Truth.REFUTED;
    runner().run();
    assertEquals(List.of("sigterm"), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
    assertTrue(closed().detail().contains("fresh_evidence"), closed().detail());
  }

  @Test
  void aStepThatWasHeldForLongNeedsEvidenceOfItsOwn() throws Exception {
    long[] answersAgain = new long[1];
    FakeAction silent =
        new FakeAction(asked.sighting()) {
          @Override
          public Target read(WorkloadId of, Incarnation judged) {
            boolean dark = !calls.isEmpty() && asked.ticker.nanos() < answersAgain[0];
            return dark ? new Target.Unreadable("no answer") : target;
          }
        };
    silent.goneAfterCall = false;
    silent.beforeAnswer =
        () -> {
          // nothing answers for an hour, and whether it is idle is not known any more
          asked.truth = Truth.UNKNOWN;
          answersAgain[0] = asked.ticker.nanos() + Duration.ofHours(1).toNanos();
        };
    action = silent;
    runner().run();
    assertEquals(List.of("sigterm"), silent.calls);
  }

  @Test
  void aPauseBetweenTwoSignalsHoldsTheSecond() throws Exception {
    action.goneAfterCall = false;
    action.beforeAnswer =
        () -> log.append(new Decision.Paused("ana", "stop", false, OptionalLong.empty()));
    runner().run();
    assertEquals(List.of("sigterm"), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
    assertTrue(closed().detail().contains("kill_switch"), closed().detail());
  }

  @Test
  void neverSendsAStepTwice() throws Exception {
    action.goneAfterCall = false;
    runner().run();
    List<String> calls = List.copyOf(action.calls);
    Verdict again = runner().run();
    assertInstanceOf(Verdict.Deny.class, again);
    assertTrue(again.reason().contains("never sent twice"), again.reason());
    assertEquals(calls, action.calls);
  }

  @Test
  void aDeniedPlanLeavesNoTrace() throws Exception {
    asked.mode = Mode.OBSERVE;
    assertEquals("mode", runner().run().guard());
    assertEquals(List.of(), action.calls);
    assertTrue(log.locked(state -> state.plans()).isEmpty());
    assertEquals(EpisodeState.DUE, state());
  }

  @Test
  void aRestartBetweenIntentAndOutcomeSendsNothingAgain() throws Exception {
    intend();
    restart();
    action.goneAfterCall = false;
    runner().resume(planState());
    assertEquals(List.of(), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
    assertEquals(EpisodeState.FAILED, state());
  }

  @Test
  void aRestartReadsThatTheGoalIsThere() throws Exception {
    intend();
    restart();
    action.gone = true;
    runner().resume(planState());
    assertEquals(List.of(), action.calls);
    assertEquals(Decision.Result.VERIFIED, closed().result());
  }

  @Test
  void anEpisodeWithAnIntentIsNeverDueAgainHoweverSoonTheCrashCame() {
    intend();
    restart();
    assertEquals(EpisodeState.INTENT, state());
  }

  @Test
  void aRestartBeforeTheFirstIntentLeavesTheEpisodeToBeJudged() throws Exception {
    log.append(new Decision.PlanOpened(plan()));
    restart();
    runner().resume(planState());
    assertEquals(List.of(), action.calls);
    assertEquals(EpisodeState.DUE, state());
  }

  @Test
  void afterARestartTheNextSignalNeedsAFullWindow() throws Exception {
    intend();
    log.append(
        new Decision.StepEnded(plan().id(), 1, new Outcome.Done("called"), Optional.empty()));
    restart();
    asked.truth = Truth.UNKNOWN;
    action.goneAfterCall = false;
    runner().resume(planState());
    assertEquals(List.of(), action.calls);
    assertTrue(closed().detail().contains("held too long"), closed().detail());
  }

  /** A first step that can be taken back. */
  private FakeAction suspending() {
    FakeAction suspends =
        new FakeAction(asked.sighting()) {
          @Override
          public List<Step> steps(Plan plan) {
            List<Step> plain = super.steps(plan);
            Step kill = plain.getFirst();
            Step back =
                new Step(
                    101,
                    "sigcont",
                    Step.Effect.RESTORING,
                    "it runs",
                    kill.deadline(),
                    true,
                    false,
                    kill.arguments(),
                    Optional.empty());
            Step stop =
                new Step(
                    1,
                    "sigstop",
                    Step.Effect.HARMING,
                    "it stands",
                    kill.deadline(),
                    true,
                    false,
                    kill.arguments(),
                    Optional.of(back));
            return List.of(stop, plain.getLast());
          }
        };
    suspends.goneAfterCall = false;
    return suspends;
  }

  @Test
  void givesBackWhatItTookWhenItMayNotGoOn() throws Exception {
    action = suspending();
    action.beforeAnswer = () -> asked.truth = Truth.REFUTED;
    runner().run();
    assertEquals(List.of("sigstop", "sigcont"), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
  }

  @Test
  void givesBackOnceThePauseOfEverythingIsOver() throws Exception {
    action = suspending();
    action.beforeAnswer =
        () -> {
          if (action.calls.size() == 1) {
            // longer than a plan waits for its next step
            long time = java.time.Duration.ofHours(3).toNanos();
            log.append(new Decision.Paused("ana", "stop", true, OptionalLong.of(time)));
          } else {
            assertTrue(log.locked(state -> state.pauseAt(asked.ticker.nanos())).isEmpty());
          }
        };
    runner().run();
    assertEquals(List.of("sigstop", "sigcont"), action.calls);
    assertEquals(EpisodeState.FAILED, state());
  }

  @Test
  void givesBackAfterARestartBeforeAnythingWasJudged() throws Exception {
    action = suspending();
    intend();
    restart();
    judged = false;
    runner().resume(planState());
    assertEquals(List.of("sigcont"), action.calls);
    assertEquals(Decision.Result.FAILED, closed().result());
  }

  private void intend() {
    Plan plan = plan();
    log.append(new Decision.PlanOpened(plan));
    log.append(
        new Decision.Intent(
            plan.id(),
            1,
            "sigterm",
            Step.Effect.HARMING,
            plan.workload().toString(),
            plan.rule(),
            "terminate",
            plan.target().incarnation().uid()));
  }

  private Plan plan() {
    Plan bare =
        new Plan(
            "ep1-terminate",
            "ep1",
            "idle-workload",
            "rules",
            asked.sighting(),
            new Remedy.Terminate(),
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    return bare.withSteps(action.steps(bare), action.preview(bare));
  }

  private PlanState planState() {
    return log.locked(state -> state.plan("ep1-terminate")).orElseThrow();
  }

  private Decision.PlanClosed closed() {
    return planState().closed().orElseThrow();
  }

  private EpisodeState state() {
    return log.locked(state -> state.episode(episode)).orElseThrow().state();
  }

  private PlanRunner runner() {
    Clocks clocks =
        new Clocks(asked.ticker, asked.ticker, InstantSource.system(), journal.bootId(), 1);
    return new PlanRunner(
        new PlanRunner.Ports(
            log,
            book,
            asked.chain(action),
            id -> log.locked(state -> state.episode(id)).filter(_ -> judged).map(asked::situation),
            new Silent(),
            clocks,
            CrashPoint.NONE),
        action,
        plan());
  }
}
