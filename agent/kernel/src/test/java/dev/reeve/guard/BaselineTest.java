package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.decision.Batches;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Promise;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first full window after a start finds is looked at by a person, once. */
final class BaselineTest {
  private static final Duration SPAN = Duration.ofMinutes(30);

  @TempDir Path folder;
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);

  /** As the loop opens it: its evidence began a span ago, but not before the process did. */
  private Episode found(DecisionLog log, long startedNanos, String job) {
    long since = Math.max(startedNanos, ticker.nanos() - SPAN.toNanos());
    Episode episode =
        new Episode(
            "ep" + (log.last() + 1),
            "idle",
            "rules",
            new SubjectId(SubjectKind.WORKLOAD, job),
            job,
            job + "@boot",
            EpisodeState.OBSERVED,
            since,
            OptionalLong.empty(),
            Promise.NONE,
            0,
            OptionalLong.empty(),
            "");
    log.append(new Decision.EpisodeMoved(episode));
    return episode;
  }

  private static List<String> waiting(DecisionLog log) {
    return log.locked(state -> state.waiting(Batches.Kind.BASELINE));
  }

  private static void confirm(DecisionLog log) {
    log.append(new Decision.BatchConfirmed(Batches.Kind.BASELINE, waiting(log), "ana"));
  }

  @Test
  void theFirstFullWindowAfterAStartIsABatch() {
    ticker.advance(Duration.ofHours(3));
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN.minusMinutes(3)); // a window needs nine tenths of its samples
    Episode early = found(log, started, "a");
    ticker.advance(Duration.ofMinutes(7)); // sources answer a little after the start
    Episode late = found(log, started, "b");
    ticker.advance(Duration.ofMinutes(1));
    found(log, started, "c");
    assertEquals(List.of(early.id(), late.id()), waiting(log));
  }

  @Test
  void neitherTimeNorARestartTakesItBack() {
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN);
    Episode found = found(log, started, "a");
    ticker.advance(Duration.ofDays(9));
    assertEquals(List.of(found.id()), waiting(log));
    assertEquals(List.of(found.id()), waiting(journal.open()));
    journal.reboot();
    assertEquals(List.of(found.id()), waiting(journal.open()));
  }

  @Test
  void whatTheJournalHoldsAsOpenIsNoBatchOfTheNextStart() {
    ticker.advance(Duration.ofHours(1));
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN.plus(SPAN));
    Episode open = found(log, started, "a");
    DecisionLog again = journal.open();
    ticker.advance(SPAN);
    again.append(new Decision.EpisodeMoved(open.moved(EpisodeState.WARNED, "told")));
    assertEquals(List.of(), waiting(again));
  }

  @Test
  void oneAnswerIsForThoseThatWereShownAndForEver() {
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN);
    found(log, started, "a");
    found(log, started, "b");
    confirm(log);
    assertEquals(List.of(), waiting(log));
    Episode later = found(log, started, "c");
    assertEquals(List.of(later.id()), waiting(log));
    assertEquals(List.of(later.id()), waiting(journal.open()));
  }

  @Test
  void silenceConfirmsNothing() {
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN);
    Episode found = found(log, started, "a");
    log.append(new Decision.EpisodeMoved(found.moved(EpisodeState.EXPIRED, "unknown")));
    ticker.advance(SPAN.plus(SPAN));
    Episode again = found(log, started, "a");
    assertEquals(List.of(again.id()), waiting(log));
  }

  @Test
  void whatWasRefutedIsAnotherFindingTheNextTime() {
    DecisionLog log = journal.open();
    long started = ticker.nanos();
    ticker.advance(SPAN);
    Episode found = found(log, started, "a");
    log.append(new Decision.EpisodeMoved(found.moved(EpisodeState.CLEARED, "it works")));
    ticker.advance(SPAN.plus(SPAN));
    found(log, started, "a");
    assertEquals(List.of(), waiting(log));
  }

  @Test
  void asksUntilSomebodyConfirmsTheBatchOrTheOnePlan() throws InterruptedException {
    Asked asked = new Asked(folder);
    asked.policy = asked.policy.withBaseline(true);
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.opensAsBaseline();
    asked.objects("baseline", BaselineGuard.class, "'reeve approve baseline' lets it go on");
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    asked.ticker.advance(Duration.ofMinutes(1));
    asked.approves(asked.plan());
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.decide(new Decision.Resumed("ana"));
    asked.ticker.advance(Duration.ofHours(1));
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    asked.decide(new Decision.BatchConfirmed(Batches.Kind.BASELINE, List.of("ep1"), "ana"));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }
}
