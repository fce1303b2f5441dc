package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.entry;
import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.LyingDisk.Fault;
import dev.reeve.journal.OpenResult.Refused;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A write or force that fails ends the process, and nothing is acknowledged by halves.
class FailingDiskTest {
  private static final int APPENDS = 20;

  /// Appends until the disk fails, and answers how much was acknowledged until then.
  private static long appendUntilItFails(FileJournal journal, JournalFixture fixture) {
    long acknowledged = journal.last();
    while (acknowledged < APPENDS) {
      try {
        JournalFixture.append(journal, 1);
        acknowledged++;
      } catch (JournalException _) {
        long last = acknowledged;
        assertEquals(1, fixture.deaths.size());
        assertEquals(last, journal.last());
        assertThrows(JournalException.class, () -> journal.append(entry(last + 1), last));
        assertEquals(1, fixture.deaths.size(), "nothing is tried twice");
        return acknowledged;
      }
    }
    return acknowledged;
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Input/output error", "Read-only file system"})
  void diesOnceAndAcknowledgesNothingWhereverTheDiskFails(String message) {
    int failures = 0;
    for (int failAt = 0; failAt < 100; failAt++) {
      for (int arrived : new int[] {0, 1, 7, 79, 80, 150, 10_000}) {
        LyingDisk disk = JournalFixture.diskWith(1);
        JournalFixture fixture = new JournalFixture();
        FileJournal journal = fixture.opened(disk);
        disk.failAt(failAt, new Fault.Failure(message, arrived));
        long acknowledged = appendUntilItFails(journal, fixture);
        failures += fixture.deaths.size();
        for (String death : fixture.deaths) {
          assertTrue(death.contains(message), death);
        }
        journal.close();
        requireAcknowledged(disk, acknowledged);
        disk.cutPower(new Random(failAt));
        requireAcknowledged(disk, acknowledged);
      }
    }
    assertTrue(failures > 200, "only " + failures + " failures");
  }

  private static void requireAcknowledged(LyingDisk disk, long acknowledged) {
    disk.restartProcess();
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      long last = journal.last();
      assertTrue(last == acknowledged || last == acknowledged + 1, () -> last + " found");
      assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), numbers(journal));
    }
  }

  @Test
  void refusesToOpenWhereTheDiskFailsAndOpensOnceItWorksAgain() {
    for (int failAt = 0; failAt < 6; failAt++) {
      LyingDisk disk = JournalFixture.diskWith(APPENDS);
      disk.failAt(failAt, new Fault.Failure("Input/output error", 0));
      if (new JournalFixture().open(disk) instanceof Refused(JournalProblem problem)) {
        assertEquals(Kind.UNREADABLE, problem.kind());
      } else {
        assertTrue(disk.operations() <= failAt, "a failure was overlooked");
      }
      requireAcknowledged(disk, APPENDS);
    }
  }

  @Test
  void aDiskThatIsFullAtTheVeryFirstStartRefuses() {
    for (int failAt = 0; failAt < 7; failAt++) {
      LyingDisk disk = new LyingDisk();
      disk.failAt(failAt, new Fault.Failure("No space left on device", 3));
      assertInstanceOf(Refused.class, new JournalFixture().open(disk));
      disk.restartProcess();
      assertEquals(List.of(), numbers(new JournalFixture().opened(disk)));
    }
  }
}
