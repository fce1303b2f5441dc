package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.decision.Batches;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.Asked;
import dev.reeve.guard.FakeAction;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Truth;
import dev.reeve.time.Clocks;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of that which is due may begin, and what of it is a question to a person. */
@SuppressWarnings("NullAway.Init") // set before each test
final class AgendaTest {
  @TempDir private Path folder;

  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final List<Asked> jobs = new ArrayList<>();
  private final Map<String, Episode> episodes = new TreeMap<>();
  private DecisionLog log;
  private int budget = 1;

  @BeforeEach
  void begin() {
    ticker.advance(Duration.ofHours(3));
    log = journal.open();
  }

  /** A job that is due, whose evidence began so long ago. */
  private String job(Duration since) {
    Asked asked = new Asked(folder, ticker);
    asked.name = "job-" + jobs.size();
    jobs.add(asked);
    Episode like = asked.episode("ep" + jobs.size());
    Episode warned =
        new Episode(
            like.id(),
            like.rule(),
            like.ruleSet(),
            like.subject(),
            like.workload(),
            like.incarnation(),
            EpisodeState.WARNED,
            ticker.nanos() - since.toNanos(),
            like.warnedAtNanos(),
            like.promise(),
            like.noticeNanos(),
            like.unknownSinceNanos(),
            "");
    log.append(new Decision.EpisodeMoved(warned));
    episodes.put(warned.id(), warned);
    return warned.id();
  }

  private List<Agenda.Item> cycle() {
    Asked first = jobs.getFirst();
    first.mode = Mode.ACT;
    first.budget = budget;
    FakeAction action = new FakeAction(first.sighting());
    EpisodeBook book = new EpisodeBook(log, 0);
    ControlLoop.Parts parts =
        new ControlLoop.Parts(
            new Clocks(ticker, ticker, InstantSource.system(), journal.bootId(), 1),
            new Board(
                FakeEngine.idle().ruleSet().slots(),
                BoardSettings.defaults(),
                _ -> new Cost.Unknown("no price"),
                journal.bootId()),
            FakeEngine.idle(),
            log,
            first.chain(action),
            _ -> Optional.of(action),
            List.of(),
            true,
            new Silent(),
            CrashPoint.NONE,
            Runnable::run);
    Map<String, Situation> situations = new TreeMap<>();
    int at = 0;
    for (String id : episodes.keySet()) {
      Episode now = book.track(id).orElseThrow().episode();
      situations.put(id, jobs.get(at++).situation(now));
    }
    return new Agenda(parts, book).of(situations, ticker.nanos());
  }

  private static List<String> begins(List<Agenda.Item> items) {
    return items.stream()
        .filter(item -> item.objection().isEmpty())
        .map(item -> item.proposal().episode())
        .toList();
  }

  private List<String> waiting() {
    return log.locked(state -> state.waiting(Batches.Kind.BUDGET));
  }

  private EpisodeState state(String episode) {
    return log.locked(state -> state.episode(episode)).orElseThrow().state();
  }

  @Test
  void beginsWithTheOldest() {
    budget = 2;
    String young = job(Duration.ofMinutes(50));
    String old = job(Duration.ofMinutes(90));
    assertEquals(List.of(old, young), begins(cycle()));
    assertEquals(EpisodeState.DUE, state(old));
    assertEquals(List.of(), waiting());
  }

  @Test
  void moreThanABudgetHasLeftIsAQuestionAndNothingBegins() {
    budget = 2;
    List<String> all =
        List.of(
            job(Duration.ofMinutes(50)), job(Duration.ofMinutes(60)), job(Duration.ofMinutes(70)));
    List<Agenda.Item> items = cycle();
    assertEquals(List.of(), begins(items));
    assertEquals(all, waiting());
    Verdict verdict = items.getFirst().objection().orElseThrow();
    assertEquals("batch", verdict.guard());
    assertEquals("ask_human", verdict.word());
    assertEquals(List.of(), begins(cycle()), "and it stays one");
    log = journal.open();
    assertEquals(List.of(), begins(cycle()), "also after a restart");
  }

  @Test
  void whatSomebodyReleasedBeginsAsTheBudgetAllowsTheOldestFirst() {
    String young = job(Duration.ofMinutes(50));
    String old = job(Duration.ofMinutes(70));
    assertEquals(List.of(), begins(cycle()));
    log.append(new Decision.BatchConfirmed(Batches.Kind.BUDGET, waiting(), "ana"));
    List<Agenda.Item> items = cycle();
    assertEquals(List.of(old), begins(items));
    assertEquals("budget", items.getLast().objection().orElseThrow().guard());
    assertEquals(young, items.getLast().proposal().episode());
    assertEquals(List.of(), waiting());
  }

  @Test
  void whatBecomesDueLaterWaitsForTheBudgetAndAsksNobody() {
    String first = job(Duration.ofMinutes(70));
    assertEquals(List.of(first), begins(cycle()));
    job(Duration.ofMinutes(50));
    assertEquals(List.of(first), begins(cycle()));
    assertEquals(List.of(), waiting());
  }

  @Test
  void whoeverIsHeldBackAnywayMakesNoBatch() {
    job(Duration.ofMinutes(50));
    job(Duration.ofMinutes(60));
    jobs.getLast().truth = Truth.UNKNOWN;
    assertEquals(1, begins(cycle()).size());
    assertEquals(List.of(), waiting());
  }
}
