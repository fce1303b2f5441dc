package dev.reeve.journal;

import static dev.reeve.journal.JournalFixture.BOOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.Stamps.Stamp;
import dev.reeve.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Somebody who knows the format and repairs every checksum is still found out by the chain, unless
/// everything from there to the end is rewritten.
class TamperingTest {
  private static final Stamp STAMP = new Stamp(1_700_000_000_000L, BOOT, 1);

  private static byte[] record(ChainHead head, String text) {
    return SegmentFormat.record(head, STAMP, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] good(ChainHead head) {
    return record(head, "{\"type\":\"intent\",\"version\":1,\"data\":{}}");
  }

  private static ChainHead after(byte[] record) {
    return new ChainHead(SegmentFormat.sequence(record, 0), Hash.of(record, 0, record.length));
  }

  /// Three records that follow each other.
  private static List<byte[]> chain() {
    List<byte[]> records = new ArrayList<>();
    ChainHead head = ChainHead.EMPTY;
    for (int i = 0; i < 3; i++) {
      records.add(good(head));
      head = after(records.getLast());
    }
    return records;
  }

  private static OpenResult open(List<byte[]> records) {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(SegmentFormat.header(SegmentHeader.after(1, ChainHead.EMPTY)));
    records.forEach(segment::writeBytes);
    LyingDisk disk = new LyingDisk();
    disk.put(SegmentFormat.fileName(1), segment.toByteArray());
    return new JournalFixture().open(disk);
  }

  private static void requireDamaged(List<byte[]> records, String expectation) {
    OpenResult.Refused refused = assertInstanceOf(OpenResult.Refused.class, open(records));
    assertEquals(Kind.DAMAGED, refused.problem().kind());
    assertTrue(
        refused.problem().expectation().contains(expectation), refused.problem()::expectation);
  }

  @Test
  void theChainThatIsTamperedWithIsSoundBefore() {
    assertInstanceOf(OpenResult.Opened.class, open(chain()));
  }

  @Test
  void refusesARecordThatWasRewrittenWithARightChecksum() {
    List<byte[]> records = chain();
    records.set(1, record(after(records.get(0)), "{\"type\":\"x\",\"version\":1,\"data\":{}}"));
    requireDamaged(records, "expected the hash of record 2");
  }

  @Test
  void refusesTheFirstRecordRewrittenWithARightChecksum() {
    List<byte[]> records = chain();
    records.set(0, record(ChainHead.EMPTY, "{\"type\":\"x\",\"version\":1,\"data\":{}}"));
    requireDamaged(records, "expected the hash of record 1");
  }

  @Test
  void refusesARecordThatWasTakenOut() {
    List<byte[]> records = chain();
    records.remove(1);
    requireDamaged(records, "expected sequence 2, found 3");
  }

  @Test
  void refusesARecordThatIsThereTwice() {
    List<byte[]> records = chain();
    records.add(2, records.get(1));
    requireDamaged(records, "expected sequence 3, found 2");
  }

  @Test
  void refusesRecordsThatChangedPlaces() {
    List<byte[]> records = chain();
    records.add(1, records.remove(2));
    requireDamaged(records, "expected sequence 2, found 3");
  }

  @Test
  void refusesARecordOfAnotherJournal() {
    List<byte[]> records = chain();
    ChainHead other = new ChainHead(2, Hash.of(new byte[1], 0, 1));
    records.set(2, good(other));
    requireDamaged(records, "expected the hash of record 2");
  }

  @Test
  void refusesAPayloadThatIsNotWhatItShouldBe() {
    for (String payload :
        List.of("", "[]", "{}", "{\"type\":\"x\"}", "{\"type\":1,\"version\":1,\"data\":{}}")) {
      List<byte[]> records = chain();
      records.set(2, record(after(records.get(1)), payload));
      requireDamaged(records, "expected a JSON object");
    }
  }

  @Test
  void aPayloadThatQuotesAWholeRecordIsNotTakenForOne() {
    List<byte[]> records = chain();
    ChainHead head = after(records.getLast());
    String quoted = new String(good(head), StandardCharsets.ISO_8859_1);
    try (Journal journal = JournalFixture.journal(open(records))) {
      JournalEntry entry =
          new JournalEntry("intent", Json.object().put("reason", quoted + quoted).build());
      assertEquals(4, JournalFixture.appended(journal.append(entry, 3)).sequence());
    }
    byte[] torn =
        SegmentFormat.record(
            head,
            STAMP,
            SegmentFormat.payload(
                new JournalEntry("intent", Json.object().put("reason", quoted).build())));
    torn[6] ^= 1;
    records.add(torn);
    OpenResult.Opened opened = assertInstanceOf(OpenResult.Opened.class, open(records));
    assertEquals(torn.length, opened.cutBytes());
  }

  @Test
  void neverThrowsOnRandomBytesWhateverTheirChecksums() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<byte[]> records = chain();
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      if (random.nextBoolean()) {
        noise = SegmentFormat.record(after(records.getLast()), STAMP, noise);
      }
      records.add(random.nextInt(4), noise);
      open(records);
    }
  }
}
