package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.Asked;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Finding;
import dev.reeve.model.Promise;
import dev.reeve.model.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of {@link Asked}: a span of 30 minutes, and 15 minutes of notice. */
final class EpisodeBookTest {
  @TempDir private Path folder;
  private Asked asked;
  private MemoryJournal journal;
  private DecisionLog log;
  private EpisodeBook book;
  private String id = "";

  @BeforeEach
  void open() {
    asked = new Asked(folder);
    journal = new MemoryJournal(asked.ticker);
    restart();
    asked.ticker.advance(Duration.ofMinutes(40));
    id = book.open(judgement(), "w", asked.ticker.nanos()).id();
  }

  private void restart() {
    log = journal.open();
    book = new EpisodeBook(log, asked.ticker.nanos());
  }

  private Judgement judgement() {
    Finding finding =
        new Finding(
            "idle-workload",
            "rules",
            asked.sighting().subject(),
            "7@100@boot",
            List.of(),
            new Cost.Unknown("no price"));
    return new Judgement(asked.rule(), asked.sighting().subject(), Truth.CONFIRMED, finding);
  }

  @Test
  void theEvidenceBeganAWholeSpanBeforeItWasConfirmed() {
    assertEquals(
        asked.ticker.nanos() - Duration.ofMinutes(30).toNanos(), episode().evidenceSinceNanos());
  }

  @Test
  void theNoticeClockRunsFromTheDeliveryAndNotFromTheCycleBefore() {
    asked.ticker.advance(Duration.ofSeconds(10));
    book.warned(id, Promise.NONE, asked.ticker.nanos());
    pass(Duration.ofSeconds(5), Truth.CONFIRMED);
    assertEquals(Duration.ofSeconds(5).toNanos(), episode().noticeNanos());
  }

  @Test
  void theNoticeClockStandsUntilANoticeWasDelivered() {
    pass(Duration.ofMinutes(20), Truth.CONFIRMED);
    assertEquals(0, episode().noticeNanos());
    assertEquals(EpisodeState.OBSERVED, episode().state());
  }

  @Test
  void theNoticeClockIsASumOfConfirmedStretches() {
    book.warned(id, Promise.NONE, asked.ticker.nanos());
    pass(Duration.ofMinutes(4), Truth.CONFIRMED);
    pass(Duration.ofMinutes(4), Truth.UNKNOWN);
    pass(Duration.ofMinutes(4), Truth.CONFIRMED);
    pass(Duration.ofMinutes(4), Truth.CONFIRMED);
    assertEquals(Duration.ofMinutes(8).toNanos(), episode().noticeNanos());
  }

  @Test
  void afterAnUnknownStretchItHoldsFromNowOn() {
    pass(Duration.ofMinutes(1), Truth.UNKNOWN);
    pass(Duration.ofMinutes(1), Truth.CONFIRMED);
    assertEquals(asked.ticker.nanos(), book.track(id).orElseThrow().heldSinceNanos());
  }

  @Test
  void whatNobodySawIsNoEvidenceForTheLadderEither() {
    long since = episode().evidenceSinceNanos();
    pass(Duration.ofMinutes(1), Truth.UNKNOWN);
    pass(Duration.ofMinutes(20), Truth.CONFIRMED);
    assertEquals(since, episode().evidenceSinceNanos(), "the whole span before now was seen");
    pass(Duration.ofMinutes(1), Truth.UNKNOWN);
    pass(Duration.ofMinutes(10), Truth.UNKNOWN);
    pass(Duration.ofMinutes(40), Truth.CONFIRMED);
    long later = since + Duration.ofMinutes(20).toNanos();
    assertEquals(later, episode().evidenceSinceNanos(), "20 of 50 minutes were not");
    pass(Duration.ofMinutes(10), Truth.CONFIRMED);
    assertEquals(later, episode().evidenceSinceNanos(), "once");
    restart();
    assertEquals(later, episode().evidenceSinceNanos(), "a restart gives nothing back");
  }

  @Test
  void oneRefutedAnswerClearsIt() {
    pass(Duration.ofMinutes(1), Truth.REFUTED);
    assertTrue(book.track(id).isEmpty());
    assertEquals(
        EpisodeState.CLEARED, log.locked(state -> state.episode(id)).orElseThrow().state());
  }

  @Test
  void twoSpansOfUnknownExpireIt() {
    pass(Duration.ofMinutes(1), Truth.UNKNOWN);
    pass(Duration.ofMinutes(59), Truth.UNKNOWN);
    assertTrue(book.track(id).isPresent());
    pass(Duration.ofMinutes(1), Truth.UNKNOWN);
    assertEquals(
        EpisodeState.EXPIRED, log.locked(state -> state.episode(id)).orElseThrow().state());
  }

  @Test
  void whatIsDownDoesNotCountAsNotice() {
    book.warned(id, Promise.NONE, asked.ticker.nanos());
    pass(Duration.ofMinutes(5), Truth.CONFIRMED);
    asked.ticker.advance(Duration.ofHours(2));
    restart();
    pass(Duration.ofMinutes(1), Truth.CONFIRMED);
    assertEquals(Duration.ofMinutes(5).toNanos(), episode().noticeNanos());
  }

  @Test
  void anotherBootsEvidenceStartsAnewWhateverItsClockSaid() {
    book.warned(id, Promise.NONE, asked.ticker.nanos());
    asked.ticker.advance(Duration.ofHours(30));
    journal.reboot();
    restart();
    assertEquals(asked.ticker.nanos(), episode().evidenceSinceNanos());
  }

  @Test
  void theSameBootsEvidenceGoesOn() {
    long since = episode().evidenceSinceNanos();
    restart();
    assertEquals(since, episode().evidenceSinceNanos());
  }

  @Test
  void whatAPlanEndedIsNotFoundAgain() {
    assertFalse(book.ended(asked.sighting().subject()));
    book.warned(id, Promise.NONE, asked.ticker.nanos());
    for (EpisodeState next :
        List.of(EpisodeState.DUE, EpisodeState.INTENT, EpisodeState.ACTED, EpisodeState.VERIFIED)) {
      book.move(id, next, "");
    }
    assertTrue(book.ended(asked.sighting().subject()));
  }

  private void pass(Duration time, Truth truth) {
    asked.ticker.advance(time);
    book.judged(id, asked.rule(), truth, asked.ticker.nanos());
  }

  private Episode episode() {
    return book.track(id).orElseThrow().episode();
  }
}
