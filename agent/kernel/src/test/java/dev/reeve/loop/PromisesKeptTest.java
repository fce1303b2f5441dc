package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.Mode;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Observation;
import dev.reeve.model.Promise;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Rung;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people were told, and what they answered, over silence, restarts and changes. */
final class PromisesKeptTest {
  @TempDir private Path folder;

  private static void act(Circle circle) {
    circle.guards.adopt(Circle.settings(Mode.ACT, Duration.ofMinutes(15)));
  }

  /** Idle all the time; somebody says that nothing is to be done about it. */
  private Circle denied() {
    Circle circle = new Circle(folder, "train", Mode.APPROVE);
    circle.until(EpisodeState.DUE, Duration.ofHours(2));
    circle.log.append(new Decision.Refused(circle.newest().id(), "ana", "it waits for a licence"));
    act(circle);
    circle.ticks(Duration.ofMinutes(30));
    assertEquals(List.of(), circle.action.calls, "a denial holds whatever the mode");
    return circle;
  }

  @Test
  void aDenialHoldsWhileItIsWatched() {
    try (Circle circle = denied()) {
      circle.ticks(Duration.ofHours(4));
      assertEquals(List.of(), circle.action.calls);
    }
  }

  @Test
  void aDenialIsNotForgottenBecauseASourceWasSilent() {
    try (Circle circle = denied()) {
      circle.silent = true;
      circle.ticks(Duration.ofMinutes(70));
      circle.silent = false;
      circle.ticks(Duration.ofHours(3));
      assertEquals(List.of(), circle.action.calls);
    }
  }

  @Test
  void aDenialOutlivesARestartByTheSameRules() {
    try (Circle circle = denied()) {
      circle.restart(circle.engine);
      circle.ticks(Duration.ofHours(3));
      assertEquals(List.of(), circle.action.calls);
    }
  }

  @Test
  void aDenialIsNotForgottenByARestartBesideAnotherRulesChange() {
    try (Circle circle = denied()) {
      List<Rule> rules = circle.engine.ruleSet().rules();
      circle.restart(new FakeEngine(new RuleSet("another hash", rules, SlotTable.of(rules))));
      circle.ticks(Duration.ofHours(3));
      assertEquals(List.of(), circle.action.calls);
    }
  }

  @Test
  void whoeverWasToldThatNothingWillBeDoneIsToldAnewBeforeAnythingIs() {
    try (Circle circle = new Circle(folder, "train", Mode.ACT)) {
      circle.shown = Optional.of(Seen.sighting("train", "train@boot", WorkloadKind.UNKNOWN));
      circle.until(EpisodeState.WARNED, Duration.ofHours(2));
      assertTrue(circle.told.getFirst().contains("Nothing will be done"), circle.told.toString());
      circle.ticks(Duration.ofHours(1));
      assertEquals(List.of(), circle.action.calls);
      circle.shown = Optional.empty();
      circle.ticks(Duration.ofMinutes(10));
      assertEquals(List.of(), circle.action.calls, circle.told.toString());
    }
  }

  @Test
  void whatIsDoneIsWhatItsOwnerWasToldOf() {
    try (Circle circle = new Circle(folder, "train", Mode.ACT)) {
      Rule idle = circle.engine.ruleSet().rules().getFirst();
      List<Rule> rules =
          List.of(
              idle.withLadder(
                  List.of(
                      new Rung(Seen.SPAN, new Remedy.Notify()),
                      new Rung(Seen.minutes(45), new Remedy.Suspend()),
                      new Rung(Seen.minutes(60), new Remedy.Terminate())),
                  idle.actsOn()));
      circle.restart(new FakeEngine(new RuleSet("two", rules, SlotTable.of(rules))));
      circle.ticks(Duration.ofHours(3));
      boolean killed = !circle.action.calls.isEmpty();
      assertTrue(
          !killed || circle.told.stream().anyMatch(text -> text.contains("terminate")),
          circle.action.calls + " after " + circle.told);
    }
  }

  /** Another platform fell silent: what it showed is kept for a while, unknown. */
  @Test
  void workloadsThatNobodySeesAnyMoreMakeNoFindingCredible() {
    FakeTicker ticker = new FakeTicker();
    MemoryJournal journal = new MemoryJournal(ticker);
    DecisionLog log = journal.open();
    Board board =
        new Board(
            Seen.RULES.slots(),
            BoardSettings.defaults(),
            _ -> new Cost.Unknown("no price"),
            journal.bootId());
    board.accept(shown(ticker.nanos(), "slurm", "silent", 40));
    for (int i = 0; i < 40; i++) {
      ticker.advance(Circle.TICK);
      board.accept(shown(ticker.nanos(), "kubelet", "job", 10));
      board.snapshot(ticker.nanos());
    }
    for (int i = 0; i < 8; i++) {
      Subject.Workload of = Seen.training("job-" + i, 0);
      log.append(
          new Decision.EpisodeMoved(
              new Episode(
                  "ep" + i,
                  "idle",
                  "rules",
                  of.id(),
                  of.sighting().id().toString(),
                  of.sighting().incarnation().uid(),
                  EpisodeState.OBSERVED,
                  ticker.nanos(),
                  OptionalLong.empty(),
                  Promise.NONE,
                  0,
                  OptionalLong.empty(),
                  "")));
    }
    new Doubts(log, 0).look(Seen.set(Seen.IDLE), board.snapshot(ticker.nanos()));
    assertTrue(
        log.locked(state -> state.discoveries().doubt("ep0")).isPresent(),
        "8 of the 10 that are seen");
  }

  private static Observation shown(long at, String by, String name, int count) {
    List<WorkloadSighting> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Seen.sighting(name + "-" + i, name + i + "@boot", WorkloadKind.TRAINING));
    }
    return new Observation(
        by,
        at,
        Circle.TICK,
        List.of(),
        List.of(),
        List.of(),
        all,
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }
}
