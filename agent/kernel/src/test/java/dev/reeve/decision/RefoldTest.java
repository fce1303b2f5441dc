package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.Journal.Segment;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalProblem;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.OpenResult;
import dev.reeve.journal.Stamps;
import dev.reeve.journal.Verification;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.linux.Directories;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts and verifications fold anew what is kept, and believe no checkpoint that says otherwise.
 */
final class RefoldTest {
  private static final int ROOM = 4 << 10;

  @TempDir private Path folder;
  private long now = Duration.ofHours(1).toNanos();
  private Duration step = Duration.ofSeconds(1);

  private Journal journal() {
    Stamps stamps = () -> new Stamps.Stamp(now / 1_000_000, new UUID(0, 1), now += step.toNanos());
    OpenResult opened =
        FileJournal.open(
            folder,
            new JournalSettings(ROOM, DecisionWriter::knows),
            new JournalPorts(
                stamps,
                (reason, cause) -> {
                  throw new AssertionError(reason, cause);
                },
                CrashPoint.NONE,
                Directories::sync));
    return assertInstanceOf(OpenResult.Opened.class, opened, opened::toString).journal();
  }

  private static DecisionLog fill(DecisionLog log, int records) {
    log.append(new Decision.Started("1", "act", 1, "rules"));
    Histories histories = new Histories(7);
    for (int i = 0; i < records; i++) {
      var record = histories.next();
      log.append(DecisionReader.read(record.type(), record.json()));
    }
    return log;
  }

  private static List<String> picture(DecisionLog log) {
    return log.locked(Anatomy::picture);
  }

  private Verification verify() {
    return JournalVerifier.verify(folder, Refold::new);
  }

  @Test
  void aStartFromACheckpointKnowsWhatTheOneBeforeKnew() throws Exception {
    List<String> before;
    try (DecisionLog log = fill(DecisionLog.over(journal()), 200)) {
      before = picture(log);
    }
    try (Journal journal = journal()) {
      assertTrue(journal.foldsFrom() > 1, "nothing was left out");
      assertEquals(before, picture(DecisionLog.over(journal)));
    }
  }

  @Test
  void aStartThatFoldsEverythingComesToTheSame() throws Exception {
    Journal journal = journal();
    try (DecisionLog log = fill(DecisionLog.over(journal), 200);
        Stream<JournalRecord> all = journal.read(1)) {
      Refold whole = new Refold();
      all.forEach(record -> assertEquals(Optional.empty(), whole.check(record)));
      assertEquals(picture(log), Anatomy.picture(whole.state()));
    }
  }

  @Test
  void verifyingComparesEveryCheckpointAfterTheFirstRecord() throws Exception {
    fill(DecisionLog.over(journal()), 200).close();
    Verification.Sound sound = assertInstanceOf(Verification.Sound.class, verify());
    assertTrue(sound.checked().checkpoints() > 5, sound::toString);
    assertEquals(sound.checked().segments() - 1, sound.checked().checkpoints());
  }

  @Test
  void whatIsOldGoesAndWhatIsLeftStillVerifies() throws Exception {
    step = Duration.ofDays(1);
    List<String> before;
    try (DecisionLog log =
        fill(DecisionLog.over(journal(), new Retention(Duration.ofDays(31), 1)), 10)) {
      // what is open needs its segment
      for (int i = 0; i < 8; i++) {
        String episode = "ep" + i;
        log.locked(state -> state.episode(episode))
            .ifPresent(open -> log.append(new Decision.EpisodeMoved(cleared(open))));
        log.append(
            new Decision.PlanClosed("p" + i, Decision.Result.FAILED, "", new Cost.Unknown("x")));
      }
      for (int i = 0; i < 400; i++) {
        log.append(new Decision.Resumed("ana"));
      }
      before = picture(log);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.endsWith("journal-0000000001.rj")));
    }
    Verification.Sound sound = assertInstanceOf(Verification.Sound.class, verify());
    assertTrue(sound.checked().first().orElseThrow().sequence() > 1);
    try (Journal journal = journal()) {
      assertEquals(before, picture(DecisionLog.over(journal)));
    }
  }

  private static Episode cleared(Episode open) {
    return new Episode(
        open.id(),
        open.rule(),
        open.ruleSet(),
        open.subject(),
        open.workload(),
        open.incarnation(),
        EpisodeState.CLEARED,
        open.evidenceSinceNanos(),
        open.warnedAtNanos(),
        open.promise(),
        open.noticeNanos(),
        open.unknownSinceNanos(),
        open.note());
  }

  /** Somebody who can write the files gives a budget back, with every hash as it should be. */
  @Test
  void aCheckpointThatForgetsWhatWasSpentIsNotBelieved() throws Exception {
    fill(DecisionLog.over(journal()), 60).close();
    forge(new DecisionState());
    DecisionLog.Unreadable unreadable =
        assertThrows(
            DecisionLog.Unreadable.class,
            () -> {
              try (Journal journal = journal()) {
                DecisionLog.over(journal);
              }
            });
    assertTrue(
        String.valueOf(unreadable.getMessage()).contains("a checkpoint whose"),
        unreadable::toString);
    Verification.Unsound unsound = assertInstanceOf(Verification.Unsound.class, verify());
    assertEquals(JournalProblem.Kind.DISAGREES, unsound.problem().kind());
  }

  @Test
  void aCheckpointOfAnotherShapeIsNotBelieved() throws Exception {
    fill(DecisionLog.over(journal()), 60).close();
    try (Journal journal = journal()) {
      List<Segment> segments = journal.segments();
      JsonObject none = Json.object().build();
      journal.checkpoint(
          new JournalCheckpoint(1, none, segments.getFirst().firstSequence()), journal.last());
    }
    try (Journal journal = journal()) {
      assertThrows(DecisionLog.Unreadable.class, () -> DecisionLog.over(journal));
    }
    assertInstanceOf(Verification.Unsound.class, verify());
  }

  private void forge(DecisionState other) throws IOException {
    try (Journal journal = journal()) {
      journal.checkpoint(
          new JournalCheckpoint(
              StateCodec.VERSION,
              StateCodec.write(other),
              journal.segments().getFirst().firstSequence()),
          journal.last());
    }
  }
}
