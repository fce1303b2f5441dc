package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.append;
import static dev.reeve.journal.JournalFixture.entry;
import static dev.reeve.journal.JournalFixture.journal;
import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.AppendResult.Appended;
import dev.reeve.journal.AppendResult.Conflict;
import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.OpenResult.Opened;
import dev.reeve.journal.OpenResult.Refused;
import dev.reeve.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  @TempDir Path folder;
  private final JournalFixture fixture = new JournalFixture();

  private OpenResult open() {
    return FileJournal.open(folder, fixture.settings, fixture.ports());
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void anEmptyFolderBecomesAnEmptyJournal() {
    try (FileJournal journal = journal(open())) {
      assertEquals(0, journal.last());
      assertEquals(List.of(), numbers(journal));
    }
  }

  @Test
  void makesTheFolderIfItIsNotThere() {
    folder = folder.resolve("var/lib/reeve/journal");
    journal(open()).close();
    assertTrue(Files.exists(folder.resolve("journal-0000000001.rj")));
  }

  @Test
  void readsBackWhatWasAppendedWithItsStamp() {
    try (FileJournal journal = journal(open())) {
      JournalEntry entry = new JournalEntry("outcome", Json.object().put("done", true).build());
      Appended appended = JournalFixture.appended(journal.append(entry, 0));
      JournalRecord expected =
          new JournalRecord(
              1, 1_700_000_000_001L, JournalFixture.BOOT, 1_000_000, "outcome", 1, entry.json());
      assertEquals(expected, appended.record());
      assertEquals(List.of(expected), journal.read(1).toList());
    }
  }

  @Test
  void answersConflictAndWritesNothingWhenTheDecisionIsStale() {
    try (FileJournal journal = journal(open())) {
      append(journal, 3);
      assertEquals(new Conflict(3), journal.append(entry(3), 2));
      assertEquals(new Conflict(3), journal.append(entry(5), 4));
      assertEquals(upTo(3), numbers(journal));
    }
  }

  @Test
  void findsEverythingAgainAfterReopeningAcrossManySegments() throws IOException {
    for (int round = 0; round < 5; round++) {
      try (FileJournal journal = journal(open())) {
        assertEquals(upTo(round * 20L), numbers(journal));
        append(journal, 20);
      }
    }
    try (var files = Files.list(folder)) {
      assertTrue(files.count() > 10);
    }
  }

  @Test
  void readsFromAnySequenceOn() {
    try (FileJournal journal = journal(open())) {
      append(journal, 40);
      for (long from = -1; from <= 42; from++) {
        long first = Math.max(1, from);
        assertEquals(
            LongStream.rangeClosed(first, 40).boxed().toList(),
            journal.read(from).map(JournalRecord::sequence).toList());
      }
    }
  }

  @Test
  void readsOnlyWhatWasDurableWhenTheReadingBegan() {
    try (FileJournal journal = journal(open())) {
      append(journal, 5);
      Iterator<JournalRecord> records = journal.read(1).iterator();
      append(journal, 5);
      int count = 0;
      while (records.hasNext()) {
        records.next();
        count++;
      }
      assertEquals(5, count);
    }
  }

  @Test
  void aSecondWriterIsRefusedAndTheFirstGoesOn() {
    try (FileJournal journal = journal(open())) {
      append(journal, 2);
      Refused refused = assertInstanceOf(Refused.class, open());
      assertEquals(Kind.IN_USE, refused.problem().kind());
      append(journal, 2);
    }
    assertInstanceOf(Opened.class, open());
  }

  @Test
  void takesRecordsLargerThanASegment() {
    try (FileJournal journal = journal(open())) {
      append(journal, 3);
      assertEquals(4, JournalFixture.appended(journal.append(entry(4, 5_000), 3)).sequence());
      append(journal, 3);
      assertEquals(upTo(7), numbers(journal));
    }
    assertEquals(upTo(7), numbers(journal(open())));
  }

  @Test
  void refusesAnEntryThatIsTooLargeBeforeAnythingIsWritten() {
    try (FileJournal journal = journal(open())) {
      assertThrows(
          IllegalArgumentException.class,
          () -> journal.append(entry(1, SegmentFormat.MAX_PAYLOAD_BYTES), 0));
      append(journal, 1);
    }
  }

  @Test
  void refusesAnEntryThatThisReleaseCouldNotReadAgain() {
    try (FileJournal journal = journal(open())) {
      JournalEntry unknown = new JournalEntry("intent", 2, Json.object().build());
      assertThrows(IllegalArgumentException.class, () -> journal.append(unknown, 0));
      JournalEntry notJson =
          new JournalEntry("intent", Json.object().put("loss", Double.NaN).build());
      assertThrows(IllegalArgumentException.class, () -> journal.append(notJson, 0));
      append(journal, 1);
    }
  }

  @Test
  void anInterruptedThreadStillAppends() {
    try (FileJournal journal = journal(open())) {
      Thread.currentThread().interrupt();
      append(journal, 30);
      assertTrue(Thread.interrupted());
      assertEquals(upTo(30), numbers(journal));
    }
    assertEquals(List.of(), fixture.deaths);
  }

  @Test
  void takesNoEntriesAfterClosing() {
    FileJournal journal = journal(open());
    append(journal, 1);
    journal.close();
    journal.close();
    assertThrows(JournalException.class, () -> journal.append(entry(2), 1));
  }

  @Test
  void namesItsCrashPointsInTheirOrder() {
    try (FileJournal journal = journal(open())) {
      fixture.points.clear();
      append(journal, 1);
      assertEquals(
          List.of("journal.before-append", "journal.before-fsync", "journal.after-fsync"),
          fixture.points);
      while (!fixture.points.contains("journal.before-rotation")) {
        append(journal, 1);
      }
      int rotation = fixture.points.indexOf("journal.before-rotation");
      assertEquals(
          List.of(
              "journal.rotation-begun",
              "journal.rotation-written",
              "journal.rotation-forced",
              "journal.rotation-named",
              "journal.after-rotation"),
          fixture.points.subList(rotation + 1, fixture.points.size()));
    }
  }

  @Test
  void isDeadOnceACrashPointHasThrown() {
    fixture.crashPoint =
        point -> {
          if (point.equals("journal.after-fsync")) {
            throw new IllegalStateException("crash");
          }
        };
    FileJournal journal = journal(open());
    assertThrows(IllegalStateException.class, () -> journal.append(entry(1), 0));
    assertThrows(JournalException.class, () -> journal.append(entry(1), 0));
    journal.close();
    fixture.crashPoint = CrashPoint.NONE;
    assertEquals(upTo(1), numbers(journal(open())));
  }

  @Test
  void ignoresFilesThatAreNotSegments() throws IOException {
    append(journal(open()), 1);
    Files.writeString(folder.resolve("journal-1.rj"), "x");
    Files.writeString(folder.resolve("journal-0000000002.rj.bak"), "x");
    Files.writeString(folder.resolve("README"), "x");
    assertFalse(JournalVerifier.verify(folder) instanceof Verification.Unsound);
  }
}
