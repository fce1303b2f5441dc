package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.OpenResult.ObserveOnly;
import dev.reeve.journal.OpenResult.Opened;
import dev.reeve.journal.OpenResult.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A broken end is cut and reported; damage anywhere else refuses to open and changes nothing.
class DamageTest {
  private static final int RECORDS = 17;

  private final LyingDisk sound = JournalFixture.diskWith(RECORDS);
  private final Map<String, byte[]> contents = JournalFixture.contents(sound);
  private final String newest = segments().getLast();

  private List<String> segments() {
    return contents.keySet().stream().filter(name -> name.endsWith(".rj")).toList();
  }

  /// Where the records of a segment begin, and where the last one ends.
  private List<Integer> offsets(String segment) {
    byte[] bytes = contents.get(segment);
    List<Integer> offsets = new ArrayList<>(List.of(SegmentFormat.HEADER_BYTES));
    while (offsets.getLast() < SegmentFormat.contentLength(bytes)) {
      int at = offsets.getLast();
      offsets.add(at + SegmentFormat.recordBytes(bytes, at));
    }
    return offsets;
  }

  private OpenResult openWith(String name, byte[] bytes) {
    LyingDisk disk = LyingDisk.holding(contents);
    disk.put(name, bytes);
    OpenResult result = new JournalFixture().open(disk);
    if (!(result instanceof Opened)) {
      byte[] after = disk.contents().get(name);
      assertTrue(Arrays.equals(bytes, after), "a journal that is refused stays as it is");
    }
    return result;
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void theTestsSeeSeveralSegmentsAndThreeRecordsInTheNewest() {
    assertTrue(segments().size() >= 3, () -> segments().toString());
    assertTrue(offsets(newest).size() > 3, () -> offsets(newest).toString());
  }

  @Test
  void cutsAndReportsAnEndThatIsTornAtAnyByteOfTheLastThreeRecords() {
    List<Integer> offsets = offsets(newest);
    byte[] whole = contents.get(newest);
    int begin = offsets.get(offsets.size() - 4);
    for (int end = begin; end < whole.length; end++) {
      int cut = end;
      int valid = offsets.stream().filter(offset -> offset <= cut).toList().size();
      long lost = (long) offsets.size() - valid;
      Opened opened = assertInstanceOf(Opened.class, openWith(newest, Arrays.copyOf(whole, end)));
      // zeros at the end are room, and were never a record
      int kept = SegmentFormat.contentLength(Arrays.copyOf(whole, end));
      assertEquals(Math.max(0, kept - offsets.get(valid - 1)), opened.cutBytes(), "torn at " + end);
      assertEquals(upTo(RECORDS - lost), numbers(opened.journal()));
    }
  }

  @Test
  void cutsAndReportsAnEndThatIsZerosOrGarbageFromAnyByteOfTheLastRecordOn() {
    List<Integer> offsets = offsets(newest);
    byte[] whole = contents.get(newest);
    Random random = new Random(7);
    int begin = offsets.get(offsets.size() - 2);
    for (int at = begin; at < whole.length; at++) {
      for (boolean garbage : new boolean[] {false, true}) {
        byte[] bytes = whole.clone();
        byte[] tail = new byte[whole.length - at];
        if (garbage) {
          random.nextBytes(tail);
        }
        System.arraycopy(tail, 0, bytes, at, tail.length);
        if (!Arrays.equals(bytes, whole)) {
          Opened opened = assertInstanceOf(Opened.class, openWith(newest, bytes));
          int kept = SegmentFormat.contentLength(bytes);
          assertEquals(kept - begin, opened.cutBytes(), "from byte " + at);
          assertEquals(upTo(RECORDS - 1L), numbers(opened.journal()));
        }
      }
    }
  }

  @Test
  void whatIsCutStaysCutAndTheNextRecordTakesItsPlace() {
    LyingDisk disk = LyingDisk.holding(contents);
    byte[] whole = contents.get(newest);
    disk.put(newest, Arrays.copyOf(whole, whole.length - 1));
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      JournalFixture.append(journal, 1);
      assertEquals(upTo(RECORDS), numbers(journal));
    }
    disk.cutPower(new Random(1));
    Opened opened = assertInstanceOf(Opened.class, new JournalFixture().open(disk));
    assertEquals(0, opened.cutBytes());
    assertEquals(upTo(RECORDS), numbers(opened.journal()));
  }

  /// What is older than the checkpoint before the newest one, beside its header, and the room that
  /// a segment did not use.
  private boolean isNotReadAtAStart(String segment, int bit) {
    return segments().indexOf(segment) < segments().size() - 2
        && bit / 8 >= SegmentFormat.HEADER_BYTES;
  }

  private void requireFoundByVerifying(String segment, byte[] bytes, boolean lost) {
    LyingDisk disk = LyingDisk.holding(contents);
    disk.put(segment, bytes);
    switch (JournalVerifier.verify(disk.mount())) {
      case Verification.Sound sound -> assertTrue(lost && sound.unfinishedBytes() > 0, segment);
      case Verification.Unsound(_, JournalProblem problem) -> assertEquals(segment, problem.file());
    }
  }

  @Test
  void noticesAFlipOfEveryBitOfEverySegment() {
    int lastRecord = offsets(newest).get(offsets(newest).size() - 2);
    for (String segment : segments()) {
      byte[] whole = contents.get(segment);
      for (int bit = 0; bit < whole.length * 8; bit++) {
        byte[] bytes = whole.clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        boolean inLastRecord = segment.equals(newest) && bit / 8 >= lastRecord;
        String where = segment + " bit " + bit;
        switch (openWith(segment, bytes)) {
          case Refused(JournalProblem problem) -> {
            assertTrue(!inLastRecord && problem.kind() == Kind.DAMAGED, where);
            assertEquals(segment, problem.file(), where);
          }
          case ObserveOnly _ -> assertTrue(bit / 8 >= 8 && bit / 8 < 12, where);
          case Opened(Journal journal, long cut) -> {
            boolean lost = inLastRecord && cut > 0;
            assertTrue(lost || isNotReadAtAStart(segment, bit), where);
            assertTrue(!inLastRecord || cut >= whole.length - lastRecord, where);
            assertEquals(lost ? RECORDS - 1L : RECORDS, journal.last(), where);
            requireFoundByVerifying(segment, bytes, lost);
          }
        }
      }
    }
  }

  @Test
  void aFlipInTheMarkCostsNothing() {
    byte[] whole = contents.get(NewestMark.FILE);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Opened opened = assertInstanceOf(Opened.class, openWith(NewestMark.FILE, bytes));
      assertEquals(RECORDS, opened.journal().last());
    }
  }

  @Test
  void namesTheRecordThatIsDamagedByItsOffset() {
    int offset = offsets(newest).get(1);
    byte[] bytes = contents.get(newest).clone();
    bytes[offset + 100] ^= 1;
    Refused refused = assertInstanceOf(Refused.class, openWith(newest, bytes));
    assertEquals(Kind.DAMAGED, refused.problem().kind());
    assertEquals(offset, refused.problem().offset());
    assertTrue(refused.problem().toString().contains("expected record"));
  }

  @Test
  void refusesASegmentBeforeTheNewestThatIsCutAnywhere() {
    String segment = segments().get(segments().size() - 2);
    byte[] whole = contents.get(segment);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (SegmentFormat.contentLength(cut) == SegmentFormat.contentLength(whole)) {
        continue; // it lost room that it did not use
      }
      Refused refused = assertInstanceOf(Refused.class, openWith(segment, cut));
      assertNotEquals(Kind.UNREADABLE, refused.problem().kind());
    }
  }

  @Test
  void refusesWhenAnySegmentIsMissing() {
    for (String segment : segments()) {
      LyingDisk disk = LyingDisk.holding(contents);
      disk.remove(segment);
      Refused refused = assertInstanceOf(Refused.class, new JournalFixture().open(disk));
      assertEquals(Kind.MISSING, refused.problem().kind());
      assertEquals(segment, refused.problem().file());
    }
  }

  @Test
  void neverStartsEmptyWhereAllSegmentsAreGone() {
    LyingDisk disk = LyingDisk.holding(contents);
    segments().forEach(disk::remove);
    Refused refused = assertInstanceOf(Refused.class, new JournalFixture().open(disk));
    assertEquals(Kind.MISSING, refused.problem().kind());
  }

  @Test
  void refusesSegmentsThatChangedPlaces() {
    LyingDisk disk = LyingDisk.holding(contents);
    disk.put(segments().get(0), contents.get(segments().get(1)));
    disk.put(segments().get(1), contents.get(segments().get(0)));
    assertInstanceOf(Refused.class, new JournalFixture().open(disk));
  }

  @Test
  void refusesTheNewestSegmentCutWithinAHeaderThatWasDurable() {
    for (int length = 0; length < SegmentFormat.HEADER_BYTES; length++) {
      byte[] bytes = Arrays.copyOf(contents.get(newest), length);
      assertInstanceOf(Refused.class, openWith(newest, bytes), "cut at " + length);
    }
  }

  @Test
  void refusesADamagedHeaderBeforeRecordsEvenWithoutAMark() {
    for (int bit = 0; bit < SegmentFormat.HEADER_BYTES * 8; bit++) {
      byte[] bytes = contents.get(newest).clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      LyingDisk disk = LyingDisk.holding(contents);
      disk.remove(NewestMark.FILE);
      disk.put(newest, bytes);
      OpenResult result = new JournalFixture().open(disk);
      assertFalse(result instanceof Opened, "bit " + bit);
    }
  }

  @Test
  void refusesANewSegmentWithARightChecksumThatFollowsSomethingElse() {
    long number = segments().size() + 1L;
    ChainHead head = lastHead();
    for (SegmentHeader header :
        List.of(
            SegmentHeader.after(number, new ChainHead(RECORDS, Hash.NONE)),
            SegmentHeader.after(number, new ChainHead(RECORDS - 1L, head.hash())),
            SegmentHeader.after(number + 1, head))) {
      LyingDisk disk = LyingDisk.holding(contents);
      disk.put(SegmentFormat.fileName(number), begun(header));
      Refused refused = assertInstanceOf(Refused.class, new JournalFixture().open(disk));
      assertEquals(Kind.DAMAGED, refused.problem().kind());
    }
  }

  /// A segment with its checkpoint.
  private static byte[] begun(SegmentHeader header) {
    byte[] record =
        SegmentFormat.record(
            header.head(),
            new Stamps.Stamp(1, JournalFixture.BOOT, 1),
            SegmentFormat.payload(
                new JournalCheckpoint(1, JournalFixture.entry(1).json(), 1).entry()));
    byte[] segment = Arrays.copyOf(SegmentFormat.header(header), 64 + record.length);
    System.arraycopy(record, 0, segment, 64, record.length);
    return segment;
  }

  @Test
  void theMarkOutlivesAPowerCutRightAfterTheFirstStart() {
    for (long seed = 0; seed < 20; seed++) {
      LyingDisk disk = JournalFixture.diskWith(0);
      disk.cutPower(new Random(seed));
      disk.remove(SegmentFormat.fileName(1));
      assertInstanceOf(Refused.class, new JournalFixture().open(disk));
    }
  }

  @Test
  void mendsTheHeaderOfANewSegmentThatIsTornAtAnyByte() {
    long number = segments().size() + 1L;
    ChainHead head = lastHead();
    byte[] header = SegmentFormat.header(SegmentHeader.after(number, head));
    for (int length = 0; length <= header.length; length++) {
      for (boolean zeros : new boolean[] {false, true}) {
        byte[] torn = Arrays.copyOf(header, length);
        byte[] bytes = zeros ? Arrays.copyOf(torn, header.length) : torn;
        LyingDisk disk = LyingDisk.holding(contents);
        disk.put(SegmentFormat.fileName(number), bytes);
        try (FileJournal journal = new JournalFixture().opened(disk)) {
          JournalFixture.append(journal, 3);
          assertEquals(upTo(RECORDS + 3L), numbers(journal));
        }
        assertEquals(RECORDS + 3L, new JournalFixture().opened(disk).last());
      }
    }
  }

  private ChainHead lastHead() {
    JournalWalk walk = new JournalWalk(sound.mount(), (_, _) -> Optional.empty());
    try {
      assertEquals(Optional.empty(), walk.walk());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return walk.head();
  }
}
