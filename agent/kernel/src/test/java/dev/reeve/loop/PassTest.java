package dev.reeve.loop;

import static dev.reeve.loop.Seen.gpu;
import static dev.reeve.loop.Seen.run;
import static dev.reeve.loop.Seen.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.WallTime;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.Situation;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Match;
import dev.reeve.model.Pattern;
import dev.reeve.model.Promise;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadKind;
import dev.reeve.time.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a snapshot to findings and episodes, with an engine that a test makes lie or fail. */
final class PassTest {
  private static final Subject.Workload IDLE = training("idle", 0);
  private static final Subject.Workload BUSY = training("idle", 0.7);
  private static final Subject.Workload SILENT = training("idle", Double.NaN);

  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final FakeEngine engine = new FakeEngine(Seen.set(Seen.IDLE));
  private final Map<String, String> mistrust = new TreeMap<>();
  private DecisionLog log;
  private EpisodeBook book;
  private long started;

  @BeforeEach
  void begin() {
    log = journal.open();
    started = ticker.nanos();
    book = new EpisodeBook(log, started);
    // the slots are those of all rules of Seen
    engine.set = new RuleSet("rules", List.of(Seen.IDLE), Seen.RULES.slots());
    ticker.advance(Duration.ofMinutes(40));
  }

  @Test
  void opensOneEpisodeForAFindingHoweverOftenItIsFound() {
    pass(IDLE);
    pass(IDLE);
    assertEquals(1, book.tracks().size());
    Episode episode = only();
    assertEquals(EpisodeState.OBSERVED, episode.state());
    assertEquals(IDLE.sighting().id().toString(), episode.workload());
    assertEquals("idle@boot", episode.incarnation());
  }

  @Test
  void opensNothingOnSilence() {
    Pass pass = pass(SILENT);
    assertTrue(pass.findings().isEmpty());
    assertTrue(book.tracks().isEmpty());
    assertTrue(mistrust.isEmpty());
  }

  @Test
  void oneBusyAnswerClearsTheEpisode() {
    pass(IDLE);
    pass(BUSY);
    assertTrue(book.tracks().isEmpty());
    assertEquals(EpisodeState.CLEARED, closed().state());
  }

  @Test
  void aSubjectThatVanishesIsUnknownAndClearsNothing() {
    pass(IDLE);
    pass();
    assertEquals(Truth.UNKNOWN, book.tracks().getFirst().truth());
    assertEquals(EpisodeState.OBSERVED, only().state());
  }

  @Test
  void aRuleThatFiresWithoutBeingConfirmedMayNotActAnyMoreAndFindsNothing() {
    engine.lies.add(new Match("idle", List.of(BUSY.fact())));
    Pass pass = pass(BUSY);
    assertTrue(pass.findings().isEmpty());
    assertTrue(book.tracks().isEmpty());
    assertTrue(mistrust.get("idle").contains("without being confirmed"), mistrust.toString());
  }

  @Test
  void aRuleThatIsConfirmedWithoutFiringMayNotActAnyMore() {
    pass(IDLE);
    engine.silent.add("idle");
    pass(IDLE);
    assertTrue(mistrust.get("idle").contains("fired is false"), mistrust.toString());
  }

  @Test
  void mistrustStaysAndReachesTheGuardOfEveryEpisodeOfTheRule() {
    pass(IDLE);
    engine.silent.add("idle");
    pass(IDLE);
    engine.silent.clear();
    Situation situation = situation(pass(IDLE));
    assertFalse(situation.mistrust().isEmpty());
    assertEquals(Truth.CONFIRMED, situation.truth());
  }

  @Test
  void anEngineThatFailsMakesEveryAnswerUnknown() {
    pass(IDLE);
    engine.failure = "over its limits";
    Pass pass = pass(IDLE);
    assertEquals("over its limits", pass.problem());
    assertTrue(pass.findings().isEmpty());
    assertEquals(Truth.UNKNOWN, situation(pass).truth());
    assertTrue(mistrust.isEmpty(), "failing is not lying");
  }

  @Test
  void anEngineThatBreaksOffMakesEveryAnswerUnknownToo() {
    pass(IDLE);
    engine.bug = "a bug";
    Pass pass = pass(IDLE);
    assertTrue(pass.problem().contains("a bug"), pass.problem());
    assertEquals(Truth.UNKNOWN, situation(pass).truth());
  }

  @Test
  void aMatchOfARuleThatIsNotInTheSetIsAProblemAndNoFinding() {
    engine.lies.add(new Match("no-such-rule", List.of(IDLE.fact())));
    Pass pass = pass(IDLE);
    assertFalse(pass.problem().isEmpty());
    assertTrue(pass.findings().isEmpty());
    assertTrue(book.tracks().isEmpty());
  }

  @Test
  void theNoticeClockStandsWhileTheEngineFails() {
    pass(IDLE);
    book.warned(only().id(), Promise.NONE, ticker.nanos());
    pass(IDLE);
    long given = only().noticeNanos();
    engine.bug = "a bug";
    pass(IDLE);
    engine.bug = "";
    pass(IDLE);
    assertEquals(given, only().noticeNanos());
    pass(IDLE);
    assertEquals(given + Duration.ofMinutes(1).toNanos(), only().noticeNanos());
  }

  @Test
  void afterAnEngineFailedTheRuleMustHoldForAFullSpanAgain() {
    pass(IDLE);
    engine.failure = "over its limits";
    pass(IDLE);
    engine.failure = "";
    Situation situation = situation(pass(IDLE));
    assertEquals(situation.atNanos(), situation.heldSinceNanos());
  }

  @Test
  void anEpisodeOfARuleThatWasRemovedExpires() {
    pass(IDLE);
    engine.set = new RuleSet("others", List.of(Seen.RESTING), Seen.RULES.slots());
    pass(BUSY);
    assertTrue(book.tracks().isEmpty());
    assertEquals(EpisodeState.EXPIRED, closed().state());
    assertEquals("its rule was removed", closed().note());
  }

  @Test
  void whatAPlanEndedIsNotFoundAgainWhileTheBoardRemembersIt() {
    pass(IDLE);
    verify(only().id());
    Pass pass = pass(IDLE);
    assertEquals(1, pass.findings().size(), "it still is a finding");
    assertTrue(book.tracks().isEmpty());
  }

  @Test
  void aLaterIncarnationOfWhatAPlanEndedIsFoundAnew() {
    pass(IDLE);
    verify(only().id());
    pass(Seen.workload(Seen.sighting("idle", "later@boot", WorkloadKind.TRAINING), 0));
    assertEquals("later@boot", only().incarnation());
  }

  /** Else its owner would be told once more of what is over. */
  @Test
  void theRunsAndGpusOfWhatAPlanEndedAreNotFoundAgainEither() {
    pass(IDLE);
    verify(only().id());
    Subject.Gpu gpu = gpu("GPU-1", Optional.of(IDLE.id()), 0);
    Subject.Run run = run("r1", IDLE.id(), 5);
    engine.set = Seen.set(Seen.IDLE, onItsOwn(gpu), onItsOwn(run));
    engine.set = new RuleSet("rules", engine.set.rules(), Seen.RULES.slots());
    Pass pass = pass(IDLE, gpu, run);
    assertEquals(3, pass.findings().size());
    assertEquals(List.of(), book.tracks());
  }

  /** The same GPU, held by somebody else. */
  @Test
  void theGpuOfWhatAPlanEndedIsFoundAgainUnderAnotherHolder() {
    pass(IDLE);
    verify(only().id());
    Subject.Workload other = training("other", 0.7);
    Subject.Gpu gpu = gpu("GPU-1", Optional.of(other.id()), 0);
    engine.set = new RuleSet("rules", List.of(onItsOwn(gpu)), Seen.RULES.slots());
    pass(other, gpu);
    assertEquals(gpu.id(), only().subject());
  }

  @Test
  void situationsShowWhatTheBoardKnowsOfTheWorkloadNow() {
    Situation situation = situation(pass(IDLE));
    assertEquals(Optional.of(IDLE), situation.workload());
    assertEquals(started, situation.startedNanos());
    assertEquals(Optional.empty(), situation(pass()).workload());
  }

  private static Rule onItsOwn(Subject subject) {
    Condition condition =
        subject instanceof Subject.Run
            ? Seen.compare(Seen.NOT_FINITE, Comparison.AT_LEAST, 3)
            : Seen.idle();
    return Seen.rule(
        "own-" + subject.id().kind().text(),
        List.of(new Pattern("x", subject.id().kind(), condition, Optional.empty())),
        "x",
        new Remedy.Notify());
  }

  private void verify(String id) {
    book.warned(id, Promise.NONE, ticker.nanos());
    for (EpisodeState next :
        List.of(EpisodeState.DUE, EpisodeState.INTENT, EpisodeState.ACTED, EpisodeState.VERIFIED)) {
      book.move(id, next, "");
    }
  }

  /** A minute later. */
  private Pass pass(Subject... seen) {
    ticker.advance(Duration.ofMinutes(1));
    Pass pass =
        new Pass(
            new Pass.Rules(engine, engine.ruleSet()),
            book,
            mistrust,
            Seen.snapshot(ticker.nanos(), seen));
    pass.run();
    return pass;
  }

  private Situation situation(Pass pass) {
    return pass.situations(started, pass.scene(WallTime.of(Instant.EPOCH)))
        .values()
        .iterator()
        .next();
  }

  private Episode only() {
    assertEquals(1, book.tracks().size());
    return book.tracks().getFirst().episode();
  }

  private Episode closed() {
    return log.locked(state -> state.closedEpisodes()).getFirst();
  }
}
