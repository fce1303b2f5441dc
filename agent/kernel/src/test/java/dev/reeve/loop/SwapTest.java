package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.guard.Mode;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Feature;
import dev.reeve.model.Pattern;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleMode;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule sets that change between two cycles, on the whole circle. */
final class SwapTest {
  @TempDir private Path folder;
  private FakeEngine first = FakeEngine.idle();

  private static Rule limited(String id, double limit) {
    Condition idle =
        new Condition.All(
            List.of(
                Seen.compare(
                    new Feature.OfWindow(Signal.GPU_ENGINE_ACTIVE, Statistic.MAX, Seen.SPAN),
                    Comparison.LESS,
                    limit),
                Seen.compare(
                    new Feature.OfWindow(Signal.GPU_UTILIZATION, Statistic.MAX, Seen.SPAN),
                    Comparison.LESS,
                    limit)));
    return Seen.rule(
        id,
        List.of(new Pattern("w", SubjectKind.WORKLOAD, idle, Optional.empty())),
        "w",
        new Remedy.Terminate());
  }

  private static Rule observing(Rule of) {
    return of.withMode(RuleMode.OBSERVE);
  }

  private static FakeEngine engine(String hash, Rule... rules) {
    List<Rule> all = List.of(rules);
    return new FakeEngine(new RuleSet(hash, all, SlotTable.of(all)));
  }

  private static void swap(Circle circle, FakeEngine engine, Map<String, String> held) {
    CompletableFuture<Void> _ = circle.loop.swap(engine, held);
  }

  private Circle idle(Rule... rules) {
    Circle circle = new Circle(folder, "train", Mode.ACT);
    first = engine("first", rules);
    swap(circle, first, Map.of());
    // as if these rules had been there from the start
    circle.tick();
    return circle;
  }

  @Test
  void theSameConditionKeepsItsEpisodeAndItsWindows() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      Episode before = circle.judged();
      FakeEngine same = engine("second", limited("idle", 0.01), limited("other", 0.02));
      assertFalse(circle.loop.swap(same, Map.of()).isDone());
      circle.tick();
      assertEquals("second", circle.loop.newest().orElseThrow().rules().hash());
      assertEquals(before.id(), episode(circle, "idle").orElseThrow().id(), "the episode went on");
      assertEquals(
          before.evidenceSinceNanos(), episode(circle, "idle").orElseThrow().evidenceSinceNanos());
      assertTrue(
          circle.loop.newest().orElseThrow().findings().stream()
              .anyMatch(found -> found.rule().id().equals("other")),
          "a rule that asks for the same windows finds them filled");
    }
  }

  @Test
  void noStepIsAdmittedOnWhatTheOldRulesSaidWhileTheNewOnesJudge() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      String id = circle.judged().id();
      List<Boolean> known = new ArrayList<>();
      FakeEngine second = engine("second", limited("idle", 0.01));
      second.meanwhile = () -> known.add(circle.loop.situation(id).isPresent());
      assertTrue(circle.loop.situation(id).isPresent());
      swap(circle, second, Map.of());
      circle.tick();
      circle.tick();
      assertEquals(List.of(false, true), known);
      assertTrue(circle.loop.situation(id).isPresent());
    }
  }

  @Test
  void removingARuleEndsItsEpisodeAtOnce() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      swap(circle, engine("second", limited("other", 0.02)), Map.of());
      circle.tick();
      assertEquals(Optional.empty(), episode(circle, "idle"));
      assertTrue(
          circle.log.locked(state -> state.closedEpisodes()).stream()
              .anyMatch(
                  closed ->
                      closed.rule().equals("idle") && closed.state() == EpisodeState.EXPIRED));
    }
  }

  @Test
  void aChangedConditionStartsItsEpisodeAnew() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      String before = circle.judged().id();
      swap(circle, engine("second", limited("idle", 0.02)), Map.of());
      circle.tick();
      Episode after = episode(circle, "idle").orElseThrow();
      assertFalse(after.id().equals(before));
    }
  }

  @Test
  void aLoosenedRuleObservesForItsSpanBeforeItActs() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      // it has been idle all the time: only that nobody has watched this rule holds it back
      circle.ticks(Duration.ofMinutes(29));
      swap(circle, engine("second", limited("idle", 0.02)), Map.of());
      circle.tick();
      assertTrue(circle.loop.limits().containsKey("idle"));
      long loosened = circle.ticker.nanos();
      circle.until(EpisodeState.VERIFIED, Duration.ofHours(2));
      assertTrue(
          circle.ticker.nanos() - loosened >= Seen.SPAN.toNanos(),
          "acted " + Duration.ofNanos(circle.ticker.nanos() - loosened) + " after the change");
      assertFalse(circle.loop.limits().containsKey("idle"));
    }
  }

  @Test
  void aTightenedRuleGoesOnActing() {
    try (Circle circle = idle(limited("idle", 0.02))) {
      circle.ticks(Duration.ofMinutes(31));
      swap(circle, engine("second", limited("idle", 0.01)), Map.of());
      circle.tick();
      assertFalse(circle.loop.limits().containsKey("idle"));
    }
  }

  @Test
  void aHeldRuleWarnsAndDoesNotAct() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      swap(circle, first, Map.of("idle", "its file does not load"));
      circle.ticks(Duration.ofHours(3));
      assertEquals(1, circle.told.size());
      assertEquals(List.of(), circle.action.calls);
      assertTrue(circle.judged().note().contains("its file does not load"), circle.judged().note());
    }
  }

  @Test
  void aRuleThatObservesNowStopsActingAtOnce() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      swap(circle, engine("second", observing(limited("idle", 0.01))), Map.of());
      circle.ticks(Duration.ofHours(3));
      assertEquals(List.of(), circle.action.calls);
    }
  }

  @Test
  void noCycleGoesWithoutAJudgement() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      for (int i = 0; i < 50; i++) {
        swap(circle, engine("set" + i, limited("idle", 0.01)), Map.of());
        circle.tick();
        Cycle cycle = circle.loop.newest().orElseThrow();
        assertEquals("set" + i, cycle.rules().hash());
        assertEquals(1, cycle.findings().size());
        assertEquals("", cycle.problem());
      }
    }
  }

  @Test
  void whoWasToldThatNothingWillBeDoneIsToldAgainBeforeItIs() {
    try (Circle circle = idle(observing(limited("idle", 0.01)))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      assertTrue(circle.told.getFirst().contains("Nothing will be done"), circle.told.toString());
      circle.ticks(Duration.ofMinutes(20));
      swap(circle, engine("second", limited("idle", 0.01)), Map.of());
      circle.until(EpisodeState.VERIFIED, Duration.ofHours(2));
      assertEquals(2, circle.told.size(), circle.told.toString());
      assertTrue(circle.told.getLast().contains("the remedy is terminate"), circle.told.getLast());
    }
  }

  @Test
  void afterARestartByOtherRulesWhoWasToldOfTheOldOnesIsToldAgain() {
    try (Circle circle = idle(observing(limited("idle", 0.01)))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      circle.ticks(Duration.ofMinutes(20));
      circle.restart(engine("second", limited("idle", 0.01)));
      circle.until(EpisodeState.VERIFIED, Duration.ofHours(2));
      assertEquals(2, circle.told.size(), circle.told.toString());
    }
  }

  @Test
  void aRestartByTheSameRulesKeepsTheNoticeThatWasGiven() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      String before = circle.judged().id();
      circle.restart(engine("first", limited("idle", 0.01)));
      circle.tick();
      assertEquals(before, circle.judged().id());
      assertEquals(EpisodeState.WARNED, circle.judged().state());
    }
  }

  @Test
  void aPlanUnderWayEndsWhenItsRuleAsksSomethingElse() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      circle.action.goneAfterCall = false;
      circle.action.beforeAnswer =
          () -> {
            if (circle.action.calls.size() == 1) {
              // it works again: what the plan came from is refuted, the new condition is unknown
              circle.engineActive = 0.9;
              swap(circle, engine("second", ofPower("idle")), Map.of());
              circle.tick();
            }
          };
      circle.ticks(Duration.ofMinutes(40));
      assertEquals(List.of("sigterm"), circle.action.calls);
    }
  }

  private static Rule ofPower(String id) {
    Condition low =
        Seen.compare(
            new Feature.OfWindow(Signal.GPU_POWER, Statistic.MAX, Seen.SPAN), Comparison.LESS, 100);
    return Seen.rule(
        id,
        List.of(new Pattern("w", SubjectKind.WORKLOAD, low, Optional.empty())),
        "w",
        new Remedy.Terminate());
  }

  @Test
  void aRuleThatWasRemovedAndCameBackBetweenTwoPassesIsNew() {
    try (Circle circle = idle(limited("idle", 0.01))) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      String before = circle.judged().id();
      swap(circle, engine("none"), Map.of());
      swap(circle, engine("second", limited("idle", 0.5)), Map.of());
      circle.tick();
      assertFalse(episode(circle, "idle").orElseThrow().id().equals(before));
    }
  }

  @Test
  void aNoticeThatWasPromisedIsGivenThoughLessIsAskedForNow() {
    Duration promised = Duration.ofMinutes(60);
    try (Circle circle = new Circle(folder, "train", Mode.ACT, promised)) {
      circle.until(EpisodeState.WARNED, Duration.ofMinutes(40));
      long told = circle.ticker.nanos();
      circle.ticks(Duration.ofMinutes(5));
      circle.guards.adopt(Circle.settings(Mode.ACT, Duration.ofMinutes(1)));
      circle.until(EpisodeState.VERIFIED, Duration.ofHours(2));
      Duration given = Duration.ofNanos(circle.ticker.nanos() - told);
      assertTrue(given.compareTo(promised) >= 0, "given " + given + " of " + promised);
    }
  }

  private static Optional<Episode> episode(Circle circle, String rule) {
    return circle.loop.newest().orElseThrow().episodes().stream()
        .filter(episode -> episode.rule().equals(rule))
        .findFirst();
  }
}
