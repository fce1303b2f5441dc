package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Promise;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkloadKind;
import dev.reeve.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When so much is found at once that it is rather the observer who is wrong. */
final class DoubtsTest {
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final List<Subject> seen = new ArrayList<>();
  private DecisionLog log = journal.open();

  @BeforeEach
  void begin() {
    ticker.advance(minutes(1));
  }

  private void trainings(int count) {
    for (int i = 0; i < count; i++) {
      seen.add(Seen.training("job-" + i, 0.5));
    }
  }

  private String found(int job) {
    return found("idle", "job-" + job);
  }

  private String found(String rule, String job) {
    Subject.Workload workload = Seen.training(job, 0);
    Episode episode =
        new Episode(
            "ep" + (log.last() + 1),
            rule,
            "rules",
            workload.id(),
            workload.sighting().id().toString(),
            workload.sighting().incarnation().uid(),
            EpisodeState.OBSERVED,
            ticker.nanos(),
            OptionalLong.empty(),
            Promise.NONE,
            0,
            OptionalLong.empty(),
            "");
    log.append(new Decision.EpisodeMoved(episode));
    return episode.id();
  }

  /** By a process that has been there for long. */
  private void look() {
    lookSince(ticker.nanos() - Duration.ofHours(1).toNanos());
  }

  private void lookSince(long startedNanos) {
    new Doubts(log, startedNanos)
        .look(Seen.set(Seen.IDLE), Seen.snapshot(ticker.nanos(), seen.toArray(Subject[]::new)));
  }

  private boolean doubted(String episode) {
    return log.locked(state -> state.discoveries().doubt(episode).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, false",
    "2, 2, true",
    "2, 3, false",
    "3, 3, true",
    "3, 4, false",
    "4, 19, true",
    "4, 20, false",
    "5, 20, true",
    "200, 1000, false",
    "201, 1000, true"
  })
  void moreThanAFifthAndMoreThanThreeOrAllOfTwoOrMoreIsTooMany(
      int found, int targets, boolean tooMany) {
    assertEquals(tooMany, Doubts.tooMany(found, targets));
  }

  @Test
  void allThatWereFoundTogetherAreDoubtedAndWhatAnotherRuleFoundIsNot() {
    trainings(10);
    String before = found("other", "job-0");
    ticker.advance(minutes(6));
    List<String> together = new ArrayList<>();
    for (int job = 1; job <= 4; job++) {
      ticker.advance(minutes(1));
      together.add(found(job));
    }
    look();
    together.forEach(episode -> assertTrue(doubted(episode), episode));
    assertFalse(doubted(before));
  }

  /** It goes on by the word of the same observer. */
  @Test
  void whatWasOpenBeforeIsDoubtedWithThem() {
    trainings(10);
    String before = found(0);
    ticker.advance(minutes(9));
    for (int job = 1; job <= 4; job++) {
      found(job);
    }
    look();
    assertTrue(doubted(before));
  }

  @Test
  void whatIsFoundOneAfterTheOtherIsNotDoubted() {
    trainings(10);
    List<String> all = new ArrayList<>();
    for (int job = 0; job < 6; job++) {
      all.add(found(job));
      look();
      ticker.advance(minutes(3));
    }
    all.forEach(episode -> assertFalse(doubted(episode), episode));
  }

  @Test
  void oneThatIsFoundAMomentLaterIsDoubtedToo() {
    trainings(10);
    for (int job = 0; job < 4; job++) {
      found(job);
    }
    look();
    ticker.advance(minutes(4));
    String late = found(4);
    look();
    assertTrue(doubted(late));
  }

  @Test
  void theSameDoubtIsJournaledOnce() {
    trainings(4);
    found(0);
    found(1);
    found(2);
    found(3);
    look();
    look();
    assertEquals(1, Collections.frequency(journal.types(), "doubted"));
  }

  @Test
  void whatWasRefutedMeanwhileStillCountsAsFound() {
    trainings(10);
    String first = found(0);
    log.append(
        new Decision.EpisodeMoved(
            log.locked(state -> state.episode(first))
                .orElseThrow()
                .moved(EpisodeState.CLEARED, "refuted")));
    found(1);
    found(2);
    String last = found(3);
    look();
    assertTrue(doubted(last));
  }

  @Test
  void severalIncarnationsOfOneNameAreOneWorkload() {
    trainings(1);
    seen.add(Seen.workload(Seen.sighting("other", "b@boot", WorkloadKind.TRAINING), 0.5));
    found(0);
    String second = found(0);
    look();
    assertFalse(doubted(second));
  }

  @Test
  void workloadsThatTheRuleNeverActsOnMakeNoFindingCredible() {
    trainings(2);
    for (int i = 0; i < 30; i++) {
      seen.add(Seen.workload(Seen.sighting("nb-" + i, "n@boot", WorkloadKind.NOTEBOOK), 0.5));
    }
    found(0);
    String second = found(1);
    look();
    assertTrue(doubted(second));
  }

  @Test
  void anotherRulesFindingsAreItsOwn() {
    trainings(10);
    for (int job = 0; job < 4; job++) {
      found("other", "job-" + job);
    }
    String mine = found(5);
    look();
    assertFalse(doubted(mine));
  }

  @Test
  void aRestartForgetsNeitherTheDoubtNorWhenTheyWereFound() {
    trainings(4);
    List<String> all = new ArrayList<>(List.of(found(0), found(1), found(2)));
    log = journal.open();
    ticker.advance(minutes(1));
    all.add(found(3));
    look();
    log = journal.open();
    all.forEach(episode -> assertTrue(doubted(episode), episode));
  }

  @Test
  void justAfterAStartNobodyKnowsWhoElseIsThere() {
    found(0);
    found(1);
    lookSince(ticker.nanos() - minutes(4).toNanos());
    assertEquals(0, Collections.frequency(journal.types(), "doubted"));
  }

  @Test
  void whatAProcessFoundThatLivedOnIsNotJudgedAnewByTheNext() {
    trainings(2);
    found(0);
    found(1);
    ticker.advance(minutes(30));
    log.append(new Decision.Resumed("ana"));
    log = journal.open();
    ticker.advance(minutes(6));
    look();
    assertEquals(0, Collections.frequency(journal.types(), "doubted"));
  }

  /** The process died between the last opened episode and the doubt. */
  @Test
  void neitherACrashBeforeTheDoubtNorALongStopForgetsIt() {
    trainings(4);
    List<String> all = new ArrayList<>(List.of(found(0), found(1), found(2), found(3)));
    log = journal.open();
    ticker.advance(minutes(6));
    look();
    all.forEach(episode -> assertTrue(doubted(episode), episode));
  }

  /** Unknown for two spans, then found again but for one that has ended. */
  @Test
  void aSilenceForgetsNoDoubt() {
    trainings(15);
    List<String> all = List.of(found(0), found(1), found(2), found(3));
    look();
    ticker.advance(minutes(70));
    for (String episode : all) {
      log.append(
          new Decision.EpisodeMoved(
              log.locked(state -> state.episode(episode))
                  .orElseThrow()
                  .moved(EpisodeState.EXPIRED, "its condition was unknown for two spans")));
    }
    seen.removeFirst();
    List<String> again = List.of(found(1), found(2), found(3));
    look();
    again.forEach(episode -> assertTrue(doubted(episode), episode));
  }
}
