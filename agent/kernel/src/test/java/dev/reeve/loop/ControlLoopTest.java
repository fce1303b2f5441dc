package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.guard.Mode;
import dev.reeve.model.Cost;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop does over hours, and above all what it never does. */
@SuppressWarnings("NullAway.Init") // set before each test
final class ControlLoopTest {
  @TempDir private Path folder;
  private Circle circle;

  @BeforeEach
  void start() {
    circle = new Circle(folder, "train", Mode.ACT);
  }

  @AfterEach
  void close() {
    circle.close();
  }

  @Test
  void endsWhatIdlesOnlyAfterTheWholeNoticeThatWasDelivered() {
    circle.until(EpisodeState.WARNED, minutes(60));
    long warned = circle.ticker.nanos();
    while (circle.action.calls.isEmpty()
        && circle.ticker.nanos() - warned < minutes(60).toNanos()) {
      circle.tick();
    }
    assertEquals(List.of("sigterm"), circle.action.calls);
    assertTrue(circle.ticker.nanos() - warned >= minutes(15).toNanos());
    assertEquals(EpisodeState.VERIFIED, circle.newest().state());
    assertEquals(1, circle.told.size());
  }

  @Test
  void whereSomebodyMustApproveNothingIsDoneBeforeAndItIsDoneAfter() {
    circle.close();
    circle = new Circle(folder, "train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, minutes(90));
    circle.ticks(Duration.ofHours(6));
    assertEquals(List.of(), circle.action.calls);
    Proposal due = circle.loop.newest().orElseThrow().proposals().getFirst();
    assertEquals("ask_human", due.verdict().orElseThrow().word());
    Plan plan = due.plan().orElseThrow();
    circle.log.append(
        new Decision.Approved(plan.id(), Consents.shown(plan), "ana", minutes(60).toNanos()));
    circle.until(EpisodeState.VERIFIED, minutes(10));
    assertEquals(List.of("sigterm"), circle.action.calls);
  }

  @Test
  void givesTheNoticeThatTheOperatorAsksForAndSaysSo() {
    circle.close();
    circle = new Circle(folder, "train", Mode.ACT, Duration.ofHours(2));
    circle.until(EpisodeState.WARNED, minutes(60));
    assertTrue(circle.told.getFirst().contains("terminate in 2h"), circle.told.getFirst());
    circle.ticks(minutes(119));
    assertEquals(List.of(), circle.action.calls);
    circle.ticks(minutes(2));
    assertEquals(List.of("sigterm"), circle.action.calls);
  }

  @Test
  void neverActsWhereNoNoticeIsDelivered() {
    circle.reachesOwners = false;
    circle.ticks(Duration.ofHours(4));
    assertEquals(List.of(), circle.action.calls);
    assertEquals(EpisodeState.OBSERVED, circle.newest().state());
  }

  @Test
  void whatItEndedIsToldToNobodyAgain() {
    circle.until(EpisodeState.WARNED, minutes(60));
    circle.ticks(minutes(20));
    assertEquals(EpisodeState.VERIFIED, circle.newest().state());
    circle.ticks(Duration.ofHours(2));
    assertEquals(1, circle.told.size());
    assertEquals(List.of("sigterm"), circle.action.calls);
  }

  @Test
  void oneBusySampleTakesBackTheWarningAndItStartsAnew() {
    circle.until(EpisodeState.WARNED, minutes(60));
    circle.ticks(minutes(14));
    circle.engineActive = 0.6;
    circle.tick();
    circle.engineActive = 0;
    assertEquals(EpisodeState.CLEARED, circle.newest().state());
    circle.ticks(minutes(29));
    assertEquals(List.of(), circle.action.calls);
    assertEquals(1, circle.told.size());
  }

  @Test
  void silenceStopsTheNoticeClockAndAFullSpanIsNeededAgain() {
    circle.until(EpisodeState.WARNED, minutes(60));
    circle.ticks(minutes(14));
    circle.silent = true;
    circle.ticks(minutes(10));
    circle.silent = false;
    long back = circle.ticker.nanos();
    while (circle.action.calls.isEmpty()
        && circle.ticker.nanos() - back < Duration.ofHours(3).toNanos()) {
      circle.tick();
    }
    assertEquals(List.of("sigterm"), circle.action.calls);
    assertTrue(
        circle.ticker.nanos() - back >= minutes(60).toNanos(),
        "one span to know, one to hold again");
  }

  @Test
  void nothingElseBeginsOnAWorkloadWhileAPlanForItIsOpenHoweverLongAgoItBegan() {
    circle.until(EpisodeState.WARNED, minutes(60));
    Plan other =
        new Plan(
            "ep0-suspend",
            "ep0",
            "resting",
            "rules",
            circle.sighting,
            new Remedy.Suspend(),
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    circle.log.append(new Decision.PlanOpened(other));
    circle.ticks(Duration.ofHours(3));
    assertEquals(List.of(), circle.action.calls);
    assertTrue(
        circle
            .loop
            .newest()
            .orElseThrow()
            .proposals()
            .getFirst()
            .reason()
            .contains("another plan"));
    circle.log.append(
        new Decision.PlanClosed(
            other.id(), Decision.Result.FAILED, "over", new Cost.Unknown("no price")));
    circle.ticks(minutes(1));
    assertEquals(List.of("sigterm"), circle.action.calls);
  }

  @Test
  void aPassThatBreaksOffIsNoConfirmedStretch() {
    circle.until(EpisodeState.WARNED, minutes(60));
    circle.tick();
    long given = circle.judged().noticeNanos();
    circle.engine.broken = true;
    for (int i = 0; i < 20; i++) {
      circle.ticker.advance(Circle.TICK);
      circle.observe();
      assertThrows(IllegalStateException.class, () -> circle.loop.cycle());
    }
    circle.engine.broken = false;
    circle.tick();
    assertEquals(given, circle.judged().noticeNanos());
    assertEquals(
        circle.ticker.nanos(),
        circle
            .loop
            .newest()
            .orElseThrow()
            .situations()
            .values()
            .iterator()
            .next()
            .heldSinceNanos());
  }

  @Test
  void aRuleThatLiedOnceNeverActsAgainInThisProcess() {
    circle.until(EpisodeState.WARNED, minutes(60));
    circle.engine.silent.add("idle");
    circle.tick();
    circle.engine.silent.clear();
    circle.ticks(Duration.ofHours(3));
    assertEquals(List.of(), circle.action.calls);
    assertTrue(circle.judged().note().contains("the rule may not act"), circle.judged().note());
  }

  @Test
  void explainsWhatDoesNotFireToo() {
    circle.engineActive = 0.5;
    circle.ticks(minutes(31));
    List<Judgement> judged =
        circle.loop.explain(circle.loop.newest().orElseThrow().snapshot().workloads().firstKey());
    assertEquals(List.of("idle"), judged.stream().map(one -> one.rule().id()).toList());
  }
}
