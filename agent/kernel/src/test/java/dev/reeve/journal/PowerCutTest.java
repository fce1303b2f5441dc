package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.entry;
import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.LyingDisk.Fault;
import dev.reeve.journal.LyingDisk.PowerCutError;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there after every crash, wherever it comes and whatever the disk makes
/// of the bytes that were not forced.
class PowerCutTest {
  private static final int SEEDS = 3_000;

  /// Appends and crashes by chance, as often as the seed says.
  private static void live(LyingDisk disk, Random random) {
    long acknowledged = 0;
    int kept = 2 + random.nextInt(4);
    int lives = 1 + random.nextInt(6);
    for (int life = 0; life <= lives; life++) {
      boolean lastLife = life == lives;
      long cutAt = lastLife ? Long.MAX_VALUE : random.nextInt(60);
      disk.failAt(cutAt, new Fault.PowerCut());
      try (FileJournal journal = new JournalFixture().opened(disk)) {
        requireEverything(acknowledged, journal);
        acknowledged = journal.last();
        for (int i = random.nextInt(40); i > 0; i--) {
          JournalFixture.add(journal, entry(acknowledged + 1, random.nextInt(700)), kept);
          acknowledged++;
        }
      } catch (PowerCutError _) {
        // the next life begins with what the disk kept
      }
      if (random.nextInt(4) == 0) {
        disk.restartProcess();
      } else {
        disk.cutPower(random);
      }
    }
    Verification verification = JournalVerifier.verify(disk.mount());
    assertInstanceOf(Verification.Sound.class, verification, verification::toString);
  }

  /// One more than what was acknowledged may be there: its append was cut before it could say so.
  private static void requireEverything(long acknowledged, FileJournal journal) {
    List<Long> numbers = numbers(journal);
    long first = journal.segments().getFirst().firstSequence();
    assertEquals(LongStream.rangeClosed(first, journal.last()).boxed().toList(), numbers);
    assertTrue(
        journal.last() == acknowledged || journal.last() == acknowledged + 1,
        () -> acknowledged + " acknowledged, " + journal.last() + " found");
  }

  @Test
  void findsEveryAcknowledgedRecordAfterRandomAppendsAndCrashes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      long shown = seed;
      try {
        live(new LyingDisk(), new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + shown, e);
      }
    }
  }

  @Test
  void findsEveryAcknowledgedRecordWhereverTheFirstCrashComes() {
    for (int cutAt = 0; cutAt < 120; cutAt++) {
      for (long seed = 0; seed < 10; seed++) {
        LyingDisk disk = new LyingDisk();
        disk.failAt(cutAt, new Fault.PowerCut());
        long acknowledged = 0;
        try (FileJournal journal = new JournalFixture().opened(disk)) {
          while (acknowledged < 25) {
            JournalFixture.append(journal, 1);
            acknowledged++;
          }
        } catch (PowerCutError _) {
          // as planned
        }
        disk.cutPower(new Random(seed));
        requireEverything(acknowledged, new JournalFixture().opened(disk));
      }
    }
  }

  @Test
  void findsEveryAcknowledgedRecordWhenOpeningItselfIsCut() {
    for (int cutAt = 0; cutAt < 12; cutAt++) {
      for (long seed = 0; seed < 50; seed++) {
        Random random = new Random(seed);
        LyingDisk disk = tornDisk(random);
        disk.failAt(cutAt, new Fault.PowerCut());
        try (FileJournal journal = new JournalFixture().opened(disk)) {
          requireEverything(12, journal);
        } catch (PowerCutError _) {
          // as planned
        }
        disk.cutPower(random);
        requireEverything(12, new JournalFixture().opened(disk));
      }
    }
  }

  private static LyingDisk tornDisk(Random random) {
    LyingDisk disk = JournalFixture.diskWith(12);
    JournalFixture fixture = new JournalFixture();
    fixture.crashPoint =
        point -> {
          if (point.equals("journal.before-fsync")) {
            throw new PowerCutError();
          }
        };
    FileJournal journal = fixture.opened(disk);
    assertThrows(PowerCutError.class, () -> journal.append(entry(13), 12));
    disk.cutPower(random);
    return disk;
  }

  @Test
  void aRecordThatOnlyThePageCacheKeptAfterAFailedForceIsForcedAtTheNextStart() {
    LyingDisk disk = new LyingDisk();
    FileJournal first = new JournalFixture().opened(disk);
    JournalFixture.append(first, 2);
    disk.failAt(1, new Fault.Failure("Input/output error", 0));
    assertThrows(JournalException.class, () -> first.append(entry(3), 2));
    disk.restartProcess();
    try (FileJournal second = new JournalFixture().opened(disk)) {
      assertEquals(List.of(1L, 2L, 3L), numbers(second));
    }
    disk.cutPower(new Random(1));
    assertEquals(List.of(1L, 2L, 3L), numbers(new JournalFixture().opened(disk)));
  }

  @Test
  void redProofADiskThatDoesNotForceIsCaught() {
    assertThrows(AssertionError.class, () -> liveOn(LyingDisk::ignoreForce));
  }

  @Test
  void redProofADiskThatForgetsNewNamesIsCaught() {
    assertThrows(AssertionError.class, () -> liveOn(LyingDisk::ignoreSync));
  }

  private static void liveOn(Consumer<LyingDisk> fault) {
    for (long seed = 1; seed <= 100; seed++) {
      LyingDisk disk = new LyingDisk();
      fault.accept(disk);
      live(disk, new Random(seed));
    }
  }
}
