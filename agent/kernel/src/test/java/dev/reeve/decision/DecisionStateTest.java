package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DecisionStateTest {
  private static final WorkloadId ID = new WorkloadId("node", "m/1", "ana", "process", "a%b#c");
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);

  static List<Decision> decisions() {
    Episode episode =
        new Episode(
            "ep1",
            "r",
            "s",
            SubjectId.gpu("GPU-1"),
            "w",
            "i",
            EpisodeState.WARNED,
            7,
            OptionalLong.of(8),
            Promise.of(Duration.ofNanos(11), List.of("suspend", "terminate")),
            9,
            OptionalLong.empty(),
            "a \u001b[31m note");
    return List.of(
        new Decision.Started("1", "act", 70.5, "hash"),
        new Decision.EpisodeMoved(episode),
        new Decision.NoticeSent("ep1", "w", "ana", "webhook", true, "host"),
        new Decision.PlanOpened(plan("p", Extent.of(List.of(SubjectId.gpu("GPU-1"))))),
        new Decision.PlanOpened(plan("p", new Extent.Unknown("WORLD_SIZE"))),
        intent("p"),
        new Decision.StepEnded("p", 1, new Outcome.Failed("no", true), Optional.empty()),
        new Decision.StepEnded("p", 1, new Outcome.Unknown("?"), Optional.of(sighting())),
        new Decision.StepWaited("p", 1, true, "gone"),
        new Decision.PlanClosed(
            "p",
            Decision.Result.VERIFIED,
            "ok",
            new Cost.Known(MoneyPerHour.of("2.5", "EUR"), "x")),
        new Decision.Paused("ana", "why", true, OptionalLong.of(5)),
        new Decision.Resumed("ana"),
        new Decision.Doubted("idle", 4, 10, List.of("ep1", "ep2")),
        new Decision.Approved("p", "hash", "ana", 5),
        new Decision.Refused("ep1", "ana", "why"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void readsWhatItWrites(Decision decision) {
    assertEquals(
        decision,
        DecisionReader.read(DecisionWriter.type(decision), DecisionWriter.write(decision)));
    assertTrue(DecisionWriter.knows(DecisionWriter.type(decision), 1));
  }

  @Test
  void refusesARecordThatLacksAPart() {
    assertThrows(
        IllegalArgumentException.class,
        () -> DecisionReader.read("resumed", Json.object().build()));
  }

  @Test
  void knowsNoLaterVersion() {
    assertEquals(false, DecisionWriter.knows("intent", 2));
    assertEquals(false, DecisionWriter.knows("undone", 1));
  }

  @Test
  void anApprovalOutlivesTheDaemonAndNotTheBoot() {
    DecisionLog log = journal.open();
    Plan plan = plan("p", Extent.of(List.of(SubjectId.gpu("GPU-1"))));
    log.append(
        new Decision.Approved("p", Consents.shown(plan), "ana", Duration.ofHours(1).toNanos()));
    assertEquals(List.of("ana"), approvedBy(journal.open(), plan));
    journal.reboot();
    assertEquals(List.of(), approvedBy(journal.open(), plan));
  }

  private List<String> approvedBy(DecisionLog log, Plan plan) {
    return log.locked(state -> state.approvedBy(plan, ticker.nanos()));
  }

  @Test
  void tenThousandApprovalsWaitWithoutLoss() {
    DecisionLog log = journal.open();
    List<Plan> plans =
        IntStream.range(0, 10_000)
            .mapToObj(i -> plan("p" + i, Extent.of(List.of(SubjectId.gpu("GPU-1")))))
            .toList();
    for (Plan plan : plans) {
      log.append(
          new Decision.Approved(
              plan.id(), Consents.shown(plan), "ana", Duration.ofHours(1).toNanos()));
    }
    DecisionLog after = journal.open();
    plans.forEach(plan -> assertEquals(List.of("ana"), approvedBy(after, plan)));
  }

  @Test
  void cooldownCountsWithinABootAlsoWhileTheDaemonWasDown() {
    act(journal.open());
    ticker.advance(Duration.ofMinutes(50));
    assertEquals(Duration.ofMinutes(50), sinceActed(journal.open()));
  }

  @Test
  void theTimeBetweenTwoBootsMakesNoCooldownShorter() {
    DecisionLog log = act(journal.open());
    ticker.advance(Duration.ofMinutes(5));
    log.append(new Decision.Resumed("ana"));
    ticker.advance(Duration.ofDays(3));
    journal.reboot();
    log = journal.open();
    ticker.advance(Duration.ofMinutes(2));
    assertEquals(Duration.ofMinutes(7), sinceActed(log));
  }

  @Test
  void anotherPlansIntentCountsOnceHoweverManyStepsItHas() {
    DecisionLog log = act(journal.open());
    log.append(intent("p"));
    assertEquals(1, log.<Integer>locked(state -> state.spent().actionsSince(0).size()));
  }

  @Test
  void aPauseOutlivesARestartAndABootOfAnyLength() {
    DecisionLog log = journal.open();
    log.append(
        new Decision.Paused("ana", "why", false, OptionalLong.of(Duration.ofHours(1).toNanos())));
    ticker.advance(Duration.ofDays(9));
    journal.reboot();
    log = journal.open();
    assertTrue(log.locked(state -> state.pauseAt(ticker.nanos())).isPresent());
    ticker.advance(Duration.ofHours(1));
    assertTrue(log.locked(state -> state.pauseAt(ticker.nanos())).isEmpty());
  }

  private DecisionLog act(DecisionLog log) {
    log.append(new Decision.PlanOpened(plan("p", Extent.of(List.of(SubjectId.gpu("GPU-1"))))));
    log.append(intent("p"));
    return log;
  }

  private Duration sinceActed(DecisionLog log) {
    return log.locked(
        state ->
            Duration.ofNanos(
                state.timelineAt(ticker.nanos())
                    - state.spent().lastActed(ID.toString(), "other").orElseThrow()));
  }

  private static Decision.Intent intent(String plan) {
    return new Decision.Intent(
        plan, 1, "sigterm", Step.Effect.HARMING, ID.toString(), "r", "terminate", "uid");
  }

  private static WorkloadSighting sighting() {
    return new WorkloadSighting(
        ID,
        Incarnation.of("uid", List.of("7@1", "8@2")),
        WorkloadKind.TRAINING,
        "ana",
        "team",
        Extent.of(List.of(SubjectId.gpu("GPU-1"))),
        Protection.because("asked"),
        Optional.of(new Checkpoint("USR1", Path.of("/ack"), Duration.ofMinutes(5))),
        "kubernetes");
  }

  private static Plan plan(String id, Extent extent) {
    WorkloadSighting s = sighting();
    Step inverse =
        new Step(
            101,
            "sigcont",
            Step.Effect.RESTORING,
            "runs",
            Duration.ofSeconds(5),
            true,
            false,
            new TreeMap<>(),
            Optional.empty());
    Step step =
        new Step(
            1,
            "sigstop",
            Step.Effect.HARMING,
            "stopped",
            Duration.ofSeconds(5),
            false,
            true,
            new TreeMap<>(Map.of("a", "b")),
            Optional.of(inverse));
    return new Plan(
        id,
        "ep1",
        "r",
        "s",
        new WorkloadSighting(
            s.id(),
            s.incarnation(),
            s.kind(),
            s.owner(),
            s.group(),
            extent,
            s.protection(),
            s.checkpoint(),
            s.foreignTo()),
        new Remedy.Suspend(),
        List.of(step),
        new Cost.Unknown("none"),
        List.of("kill -STOP"));
  }
}
