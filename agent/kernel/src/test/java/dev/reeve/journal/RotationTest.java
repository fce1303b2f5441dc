package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.LyingDisk.Fault;
import dev.reeve.journal.LyingDisk.PowerCutError;
import dev.reeve.journal.OpenResult.Opened;
import dev.reeve.journal.OpenResult.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A segment begins with its checkpoint or not at all, and what is dropped is not missed.
class RotationTest {
  private static final int KEPT = 3;
  private static final int RECORDS = 60;

  private static JournalFixture fixture() {
    return new JournalFixture();
  }

  /// A disk whose journal has dropped its oldest segments, orderly closed.
  private static LyingDisk rotated() {
    LyingDisk disk = new LyingDisk();
    try (FileJournal journal = fixture().opened(disk)) {
      fill(journal, RECORDS);
    }
    return disk;
  }

  private static void fill(FileJournal journal, long upTo) {
    while (journal.last() < upTo) {
      JournalFixture.add(journal, JournalFixture.entry(journal.last() + 1), KEPT);
    }
  }

  private static List<String> segments(LyingDisk disk) {
    return disk.contents().keySet().stream().filter(name -> name.endsWith(".rj")).toList();
  }

  /// What a start finds must be whole from its first segment on and hold what was acknowledged.
  private static void requireSound(LyingDisk disk, long acknowledged, String where) {
    Verification verification = JournalVerifier.verify(disk.mount());
    assertInstanceOf(Verification.Sound.class, verification, () -> where + ": " + verification);
    try (FileJournal journal = fixture().opened(disk)) {
      assertTrue(
          journal.last() == acknowledged || journal.last() == acknowledged + 1,
          () -> where + ": " + acknowledged + " acknowledged, " + journal.last() + " found");
      long first = journal.segments().getFirst().firstSequence();
      assertEquals(
          LongStream.rangeClosed(first, journal.last()).boxed().toList(), numbers(journal), where);
      assertTrue(journal.segments().size() >= 2, where);
    }
  }

  @Test
  void dropsWholeSegmentsAndGoesOnFromTheOldestThatIsLeft() {
    LyingDisk disk = rotated();
    assertEquals(KEPT, segments(disk).size());
    assertFalse(segments(disk).contains(SegmentFormat.fileName(1)));
    requireSound(disk, RECORDS, "closed");
  }

  @Test
  void aStartReadsOnlyFromTheCheckpointBeforeTheNewestOn() {
    try (FileJournal journal = fixture().opened(rotated())) {
      List<Journal.Segment> kept = journal.segments();
      assertEquals(kept.get(kept.size() - 2).firstSequence(), journal.foldsFrom());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "journal.before-rotation",
        "journal.rotation-begun",
        "journal.rotation-written",
        "journal.rotation-forced",
        "journal.rotation-named",
        "journal.after-rotation",
        "journal.before-drop",
        "journal.dropped",
        "journal.after-drop"
      })
  void aCrashAtAnyPointOfARotationLosesNothing(String point) {
    for (long seed = 0; seed < 60; seed++) {
      LyingDisk disk = rotated();
      JournalFixture dying = fixture();
      dying.crashPoint =
          reached -> {
            if (reached.equals(point)) {
              throw new PowerCutError();
            }
          };
      FileJournal journal = dying.opened(disk);
      // several are dropped at once, so that some may come back and others not
      assertThrows(
          PowerCutError.class,
          () -> {
            while (true) {
              int kept = journal.isFull() ? 2 : KEPT;
              JournalFixture.add(journal, JournalFixture.entry(journal.last() + 1), kept);
            }
          });
      long acknowledged = journal.last();
      if (seed % 3 == 0) {
        disk.restartProcess();
      } else {
        disk.cutPower(new Random(seed));
      }
      requireSound(disk, acknowledged, point + " seed " + seed);
      try (FileJournal next = fixture().opened(disk)) {
        fill(next, acknowledged + 30);
      }
      disk.cutPower(new Random(seed));
      requireSound(disk, acknowledged + 30, point + " and on, seed " + seed);
    }
  }

  @Test
  void aCheckpointThatIsTornAtAnyByteWasNeverBegunWhereTheMarkDoesNotKnowIt() {
    LyingDisk whole = JournalFixture.diskWith(RECORDS);
    String newest = segments(whole).getLast();
    byte[] bytes = JournalFixture.contents(whole).get(newest);
    int end =
        SegmentFormat.HEADER_BYTES + SegmentFormat.recordBytes(bytes, SegmentFormat.HEADER_BYTES);
    try (FileJournal journal = fixture().opened(LyingDisk.holding(whole.contents()))) {
      long first = journal.segments().getLast().firstSequence();
      for (int length = 0; length < end; length++) {
        for (boolean room : new boolean[] {false, true}) {
          LyingDisk disk = LyingDisk.holding(whole.contents());
          disk.remove(NewestMark.FILE);
          byte[] torn = Arrays.copyOf(bytes, length);
          disk.put(newest, room ? Arrays.copyOf(torn, end + 500) : torn);
          requireSound(disk, first - 1, "torn at " + length);
        }
      }
    }
  }

  @Test
  void aCheckpointThatIsTornWhereTheMarkKnowsItIsDamage() {
    LyingDisk whole = rotated();
    String newest = segments(whole).getLast();
    byte[] bytes = whole.contents().get(newest);
    bytes[SegmentFormat.HEADER_BYTES + 90] ^= 1;
    whole.put(newest, bytes);
    Refused refused = assertInstanceOf(Refused.class, fixture().open(whole));
    assertEquals(Kind.DAMAGED, refused.problem().kind());
    assertEquals(newest, refused.problem().file());
  }

  @Test
  void refusesWhereASegmentIsGoneThatTheCheckpointCounts() {
    for (String segment : segments(rotated())) {
      LyingDisk disk = rotated();
      disk.remove(segment);
      Refused refused = assertInstanceOf(Refused.class, fixture().open(disk), segment);
      assertEquals(Kind.MISSING, refused.problem().kind());
      assertEquals(segment, refused.problem().file());
    }
  }

  /// Whoever takes the oldest segments away can say so in no checkpoint without breaking the chain.
  @Test
  void refusesWhereOneMoreSegmentWasDroppedThanTheCheckpointSays() {
    LyingDisk disk = rotated();
    disk.remove(segments(disk).getFirst());
    assertInstanceOf(Verification.Unsound.class, JournalVerifier.verify(disk.mount()));
  }

  @Test
  void whatADropLeftIsNotLookedAtAndGoesAtTheNextStart() {
    LyingDisk disk = rotated();
    for (long number : new long[] {1, 3}) {
      disk.put(SegmentFormat.fileName(number), new byte[] {1, 2, 3});
    }
    requireSound(disk, RECORDS, "leftovers");
    assertEquals(KEPT, segments(disk).size());
  }

  @Test
  void theOldestSegmentIsTiedToWhatWasBeforeByItsHeaderAndItsCheckpoint() {
    LyingDisk disk = rotated();
    String oldest = segments(disk).getFirst();
    byte[] bytes = disk.contents().get(oldest);
    SegmentHeader header = SegmentFormat.header(bytes).orElseThrow();
    SegmentHeader other =
        new SegmentHeader(header.version(), header.number(), header.firstSequence(), Hash.NONE);
    System.arraycopy(SegmentFormat.header(other), 0, bytes, 0, SegmentFormat.HEADER_BYTES);
    disk.put(oldest, bytes);
    Verification.Unsound unsound =
        assertInstanceOf(Verification.Unsound.class, JournalVerifier.verify(disk.mount()));
    assertEquals(oldest, unsound.problem().file());
  }

  @Test
  void readersSeeASoundJournalWhileSegmentsComeAndGo() throws InterruptedException {
    LyingDisk disk = rotated();
    TreeSet<String> problems = new TreeSet<>();
    FileJournal journal = fixture().opened(disk);
    for (int i = 0; i < 200; i++) {
      fill(journal, journal.last() + 1);
      if (JournalVerifier.verify(disk.mount()) instanceof Verification.Unsound unsound) {
        problems.add(unsound.problem().toString());
      }
    }
    assertEquals(new TreeSet<>(), problems);
  }

  @Test
  void beginsNoSegmentWithAnythingButACheckpoint() {
    try (FileJournal journal = fixture().opened(rotated())) {
      JournalEntry entry = new JournalCheckpoint(1, JournalFixture.entry(1).json(), 1).entry();
      assertThrows(IllegalArgumentException.class, () -> journal.append(entry, journal.last()));
      assertThrows(
          IllegalArgumentException.class,
          () -> journal.checkpoint(new JournalCheckpoint(1, entry.json(), 2), journal.last()));
    }
  }

  @Test
  void refusesASegmentThatBeginsWithSomethingElseAlsoWhereItsChainIsRight() {
    LyingDisk disk = new LyingDisk();
    JournalEntry checkpoint = new JournalCheckpoint(1, JournalFixture.entry(1).json(), 1).entry();
    ChainHead head = ChainHead.EMPTY;
    List<JournalEntry> first =
        List.of(JournalFixture.entry(1), JournalFixture.entry(2), checkpoint);
    for (int number = 1; number <= first.size(); number++) {
      byte[] header = SegmentFormat.header(SegmentHeader.after(number, head));
      byte[] record =
          SegmentFormat.record(
              head,
              new Stamps.Stamp(1, JournalFixture.BOOT, 1),
              SegmentFormat.payload(first.get(number - 1)));
      byte[] segment = Arrays.copyOf(header, header.length + record.length);
      System.arraycopy(record, 0, segment, header.length, record.length);
      disk.put(SegmentFormat.fileName(number), segment);
      head = new ChainHead(number, Hash.of(record, 0, record.length));
    }
    Verification.Unsound unsound =
        assertInstanceOf(Verification.Unsound.class, JournalVerifier.verify(disk.mount()));
    assertEquals(SegmentFormat.fileName(2), unsound.problem().file());
    assertTrue(unsound.problem().expectation().contains("a checkpoint"), unsound::toString);
  }

  @Test
  void aSegmentHasItsRoomOnDiskBeforeItsFirstRecord() {
    LyingDisk disk = rotated();
    Map<String, byte[]> contents = disk.contents();
    for (String segment : segments(disk)) {
      byte[] bytes = contents.get(segment);
      int base =
          SegmentFormat.HEADER_BYTES + SegmentFormat.recordBytes(bytes, SegmentFormat.HEADER_BYTES);
      assertTrue(bytes.length >= base + (1 << 10), segment);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Input/output error", "Read-only file system"})
  void diesAndLosesNothingWhereverTheDiskFailsInARotation(String message) {
    int failures = 0;
    for (int failAt = 0; failAt < 40; failAt++) {
      LyingDisk disk = rotated();
      JournalFixture dying = fixture();
      FileJournal journal = dying.opened(disk);
      while (!journal.isFull()) {
        fill(journal, journal.last() + 1);
      }
      disk.failAt(failAt, new Fault.Failure(message, failAt * 37));
      long acknowledged = journal.last();
      try {
        fill(journal, acknowledged + 1);
        acknowledged++;
      } catch (JournalException _) {
        failures++;
        assertEquals(1, dying.deaths.size());
      }
      journal.close();
      disk.restartProcess();
      requireSound(disk, acknowledged, message + " at " + failAt);
      disk.cutPower(new Random(failAt));
      requireSound(disk, acknowledged, message + " at " + failAt + ", then a power cut");
    }
    assertTrue(failures >= 8, "only " + failures + " failures");
  }

  /// The failed force left the segment in the page cache alone, header and all.
  @Test
  void aSegmentThatOnlyThePageCacheKeptIsForcedAtTheNextStart() {
    LyingDisk disk = rotated();
    FileJournal journal = fixture().opened(disk);
    while (!journal.isFull()) {
      fill(journal, journal.last() + 1);
    }
    long acknowledged = journal.last();
    // open, truncate, first bytes, room, force
    disk.failAt(4, new Fault.Failure("Input/output error", 0));
    assertThrows(JournalException.class, () -> fill(journal, acknowledged + 1));
    disk.restartProcess();
    Opened opened = assertInstanceOf(Opened.class, fixture().open(disk));
    assertEquals(acknowledged + 1, opened.journal().last());
    fill((FileJournal) opened.journal(), acknowledged + 3);
    opened.journal().close();
    disk.cutPower(new Random(1));
    requireSound(disk, acknowledged + 3, "after the power cut");
  }
}
