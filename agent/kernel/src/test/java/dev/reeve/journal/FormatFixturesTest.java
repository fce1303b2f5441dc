package dev.reeve.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.OpenResult.ObserveOnly;
import dev.reeve.journal.OpenResult.Opened;
import dev.reeve.journal.OpenResult.Refused;
import dev.reeve.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Journals of the release before, of this one and of later ones, whole and cut: all that is in
/// them is found, or this release only observes and leaves them as they are.
class FormatFixturesTest {
  private static final String FIRST = SegmentFormat.fileName(1);
  private static final String SECOND = SegmentFormat.fileName(2);

  /// @param last the record that must be found last; 0 where it must only observe, -1 where it must
  ///   refuse
  record Fixture(String name, Map<String, byte[]> files, long last) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] golden(String name) {
    try (InputStream in = FormatFixturesTest.class.getResourceAsStream(name)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Fixture> fixtures() {
    return Stream.of(before(), current(), later(), laterRecords()).flatMap(List::stream).toList();
  }

  private static List<Integer> ends(byte[] segment) {
    List<Integer> ends = new ArrayList<>(List.of(SegmentFormat.HEADER_BYTES));
    while (ends.getLast() < segment.length) {
      int at = ends.getLast();
      ends.add(at + SegmentFormat.recordBytes(segment, at));
    }
    return ends;
  }

  /// What the release before wrote, to the end, to each record, and into the middle of each.
  private static List<Fixture> before() {
    byte[] whole = golden("format-1.rj");
    List<Integer> ends = ends(whole);
    List<Fixture> fixtures = new ArrayList<>();
    for (int records = 0; records < ends.size(); records++) {
      byte[] cut = Arrays.copyOf(whole, ends.get(records));
      fixtures.add(new Fixture("format 1, " + records + " records", Map.of(FIRST, cut), records));
      for (int more : new int[] {1, 79}) {
        if (records + 1 < ends.size()) {
          byte[] torn = Arrays.copyOf(whole, ends.get(records) + more);
          fixtures.add(
              new Fixture(
                  "format 1, " + records + " records and " + more + " bytes",
                  Map.of(FIRST, torn),
                  records));
        }
      }
    }
    // it began the next segment and went no further
    byte[] header = new byte[SegmentFormat.HEADER_BYTES];
    for (int length : new int[] {0, 8, 63}) {
      fixtures.add(
          new Fixture(
              "format 1, and " + length + " bytes of a next segment",
              Map.of(FIRST, whole, SECOND, Arrays.copyOf(header, length)),
              4));
    }
    fixtures.add(new Fixture("format 1, only its second segment", Map.of(SECOND, whole), -1));
    return fixtures;
  }

  private static List<Fixture> current() {
    byte[] one = golden("format-2-1.rj");
    byte[] two = golden("format-2-2.rj");
    long first = ends(one).size() - 1L;
    List<Fixture> fixtures = new ArrayList<>();
    fixtures.add(new Fixture("format 2, one segment", Map.of(FIRST, one), first));
    List<Integer> ends = ends(two);
    for (int records = 1; records < ends.size(); records++) {
      byte[] cut = Arrays.copyOf(two, ends.get(records));
      fixtures.add(
          new Fixture(
              "format 2, " + records + " records in its second segment",
              Map.of(FIRST, one, SECOND, cut),
              first + records));
      fixtures.add(
          new Fixture(
              "format 2, " + records + " records in its second segment and room",
              Map.of(FIRST, one, SECOND, Arrays.copyOf(cut, cut.length + 700)),
              first + records));
    }
    for (int length : new int[] {0, 1, 63, 64, 65, 143, 144, ends.get(1) - 1}) {
      fixtures.add(
          new Fixture(
              "format 2, cut at " + length + " of its second segment",
              Map.of(FIRST, one, SECOND, Arrays.copyOf(two, length)),
              first));
    }
    fixtures.add(new Fixture("format 2, its first segment gone", Map.of(SECOND, two), -1));
    return fixtures;
  }

  private static byte[] withVersion(byte[] segment, int version) {
    byte[] later = segment.clone();
    later[11] = (byte) version;
    return later;
  }

  /// Formats that do not exist yet, also where the older segments are gone, and cut.
  private static List<Fixture> later() {
    byte[] one = golden("format-2-1.rj");
    byte[] two = golden("format-2-2.rj");
    List<Fixture> fixtures = new ArrayList<>();
    for (int version : new int[] {3, 4, 127}) {
      byte[] later = withVersion(two, version);
      String name = "format " + version;
      fixtures.add(new Fixture(name + " after 2", Map.of(FIRST, one, SECOND, later), 0));
      fixtures.add(new Fixture(name + " alone", Map.of(SECOND, later), 0));
      fixtures.add(new Fixture(name + " first", Map.of(FIRST, withVersion(one, version)), 0));
      fixtures.add(
          new Fixture(
              name + " cut after its header",
              Map.of(FIRST, one, SECOND, Arrays.copyOf(later, SegmentFormat.HEADER_BYTES)),
              0));
      fixtures.add(
          new Fixture(
              name + " under a later number",
              Map.of(FIRST, one, SegmentFormat.fileName(9), later),
              0));
    }
    return fixtures;
  }

  /// Segments of this format with records that only a later release knows, at its end and before.
  private static List<Fixture> laterRecords() {
    List<Fixture> fixtures = new ArrayList<>();
    for (JournalEntry entry :
        List.of(
            new JournalEntry("intent", 2, Json.object().build()),
            new JournalEntry("intent", Integer.MAX_VALUE, Json.object().build()),
            new JournalEntry("muted", 1, Json.object().build()))) {
      for (int after : new int[] {0, 2}) {
        LyingDisk disk = new LyingDisk();
        JournalFixture later = new JournalFixture();
        later.settings = new JournalSettings(1 << 10, (_, _) -> true);
        try (FileJournal journal = later.opened(disk)) {
          JournalFixture.append(journal, 2);
          journal.append(entry, 2);
          JournalFixture.append(journal, after);
        }
        fixtures.add(
            new Fixture(
                entry.type() + " " + entry.version() + ", " + after + " records before the end",
                disk.contents(),
                0));
      }
    }
    LyingDisk disk = new LyingDisk();
    JournalFixture later = new JournalFixture();
    later.settings = new JournalSettings(1 << 10, (_, _) -> true);
    try (FileJournal journal = later.opened(disk)) {
      JournalFixture.append(journal, 4);
      journal.checkpoint(new JournalCheckpoint(2, Json.object().build(), 1), 4);
    }
    fixtures.add(new Fixture("a checkpoint of version 2", disk.contents(), 0));
    return fixtures;
  }

  private static JournalFixture now() {
    JournalFixture fixture = new JournalFixture();
    fixture.settings =
        new JournalSettings(
            1 << 10,
            (type, version) ->
                version == 1 && (type.equals("intent") || type.equals(JournalCheckpoint.TYPE)));
    return fixture;
  }

  @Test
  void thereAreAtLeastFifty() {
    assertTrue(fixtures().size() >= 50, () -> fixtures().size() + " fixtures");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void losesNothingAndUnderstandsAllOrOnlyObserves(Fixture fixture) {
    LyingDisk disk = LyingDisk.holding(fixture.files());
    OpenResult result = now().open(disk);
    if (fixture.last() > 0 || fixture.name().startsWith("format 1, 0 ")) {
      try (Journal journal = assertInstanceOf(Opened.class, result, result::toString).journal()) {
        List<Long> all = LongStream.rangeClosed(1, fixture.last()).boxed().toList();
        assertEquals(all, JournalFixture.numbers(journal));
        JournalFixture.append(journal, 20);
      }
      assertEquals(fixture.last() + 20, now().opened(disk).last());
      return;
    }
    if (fixture.last() == 0) {
      JournalProblem problem =
          assertInstanceOf(ObserveOnly.class, result, result::toString).problem();
      assertEquals(Kind.UNKNOWN_VERSION, problem.kind());
    } else {
      assertInstanceOf(Refused.class, result, result::toString);
    }
    requireUntouched(fixture.files(), disk.contents());
  }

  private static void requireUntouched(Map<String, byte[]> before, Map<String, byte[]> after) {
    Map<String, byte[]> sorted = new TreeMap<>(before);
    assertEquals(List.copyOf(sorted.keySet()), List.copyOf(after.keySet()));
    sorted.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
  }

  /// The release before knew neither the format nor the type.
  @Test
  void aReleaseThatKnowsNoCheckpointsObservesWhatThisOneWrote() {
    LyingDisk disk = JournalFixture.diskWith(20);
    Map<String, byte[]> before = disk.contents();
    JournalFixture older = new JournalFixture();
    older.settings = new JournalSettings(1 << 10, (type, _) -> type.equals("intent"));
    assertInstanceOf(ObserveOnly.class, older.open(disk));
    requireUntouched(before, disk.contents());
  }
}
