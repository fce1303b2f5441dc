package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.OpenResult.ObserveOnly;
import dev.reeve.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A journal of another release is either understood in full or left alone.
class VersionTest {
  private static final String FIRST = SegmentFormat.fileName(1);

  /// Four entries as the first release wrote them: whoever changes these bytes cuts off everybody
  /// who upgrades.
  private static byte[] golden() throws IOException {
    return golden("format-1.rj");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = VersionTest.class.getResourceAsStream(name)) {
      assertNotNull(in, name);
      return in.readAllBytes();
    }
  }

  /// The first two segments of the format that this release writes, without the room they have
  /// left.
  @Test
  void writesTheVeryBytesOfTheSecondFormat() throws IOException {
    LyingDisk disk = JournalFixture.diskWith(8);
    for (int number : new int[] {1, 2}) {
      byte[] written = disk.contents().get(SegmentFormat.fileName(number));
      byte[] content = Arrays.copyOf(written, SegmentFormat.contentLength(written));
      String name = "format-2-" + number + ".rj";
      if (System.getProperty("reeve.golden", "").equals("write")) {
        Files.write(Path.of("src/test/resources/dev/reeve/journal", name), content);
        continue;
      }
      assertArrayEquals(golden(name), content);
    }
  }

  @Test
  void goesOnInTheSecondFormatAfterASegmentOfTheFirst() throws IOException {
    LyingDisk disk = LyingDisk.holding(Map.of(FIRST, golden()));
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      JournalFixture.append(journal, 30);
    }
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      assertEquals(LongStream.rangeClosed(1, 34).boxed().toList(), numbers(journal));
      assertTrue(journal.foldsFrom() > 1);
    }
    assertInstanceOf(Verification.Sound.class, JournalVerifier.verify(disk.mount()));
  }

  @Test
  void readsWhatTheFirstReleaseWroteAndGoesOnFromThere() throws IOException {
    LyingDisk disk = LyingDisk.holding(Map.of(FIRST, golden()));
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      JournalFixture.append(journal, 1);
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers(journal));
    }
  }

  @Test
  void observesOnlyWhereALaterReleaseWroteTheSegment() throws IOException {
    byte[] later = golden();
    later[11] = 3;
    for (int length : new int[] {later.length, SegmentFormat.HEADER_BYTES}) {
      byte[] bytes = Arrays.copyOf(later, length);
      LyingDisk disk = LyingDisk.holding(Map.of(FIRST, bytes));
      ObserveOnly result = assertInstanceOf(ObserveOnly.class, new JournalFixture().open(disk));
      assertEquals(Kind.UNKNOWN_VERSION, result.problem().kind());
      assertArrayEquals(bytes, disk.contents().get(FIRST));
    }
  }

  @Test
  void observesOnlyWhereARecordIsOfALaterVersionOrAnUnknownType() {
    for (JournalEntry entry :
        List.of(
            new JournalEntry("intent", 2, Json.object().build()),
            new JournalEntry("intent", Integer.MAX_VALUE, Json.object().build()),
            new JournalEntry("promise", 1, Json.object().build()))) {
      LyingDisk disk = new LyingDisk();
      JournalFixture later = new JournalFixture();
      later.settings = new JournalSettings((_, _) -> true);
      try (FileJournal journal = later.opened(disk)) {
        JournalFixture.append(journal, 2);
        journal.append(entry, 2);
      }
      Map<String, byte[]> before = disk.contents();
      JournalFixture now = new JournalFixture();
      now.settings = new JournalSettings((type, version) -> type.equals("intent") && version == 1);
      ObserveOnly result = assertInstanceOf(ObserveOnly.class, now.open(disk));
      assertTrue(result.problem().expectation().contains(entry.type()), result::toString);
      assertArrayEquals(before.get(FIRST), disk.contents().get(FIRST));
    }
  }

  @Test
  void damageCountsMoreThanAVersionThatIsNotKnown() {
    LyingDisk disk = JournalFixture.diskWith(3);
    byte[] bytes = disk.contents().get(FIRST);
    bytes[SegmentFormat.HEADER_BYTES + 20] ^= 1;
    disk.put(FIRST, bytes);
    JournalFixture fixture = new JournalFixture();
    fixture.settings = new JournalSettings((_, _) -> false);
    assertInstanceOf(OpenResult.Refused.class, fixture.open(disk));
  }
}
