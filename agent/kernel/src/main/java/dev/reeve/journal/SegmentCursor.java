package dev.reeve.journal;

import dev.reeve.journal.SegmentCursor.Step.Broken;
import dev.reeve.journal.SegmentCursor.Step.End;
import dev.reeve.journal.SegmentCursor.Step.Found;
import dev.reeve.journal.SegmentCursor.Step.Wrong;
import java.util.Optional;

/// Goes through the records of one segment and checks each against the one before it.
final class SegmentCursor {
  private final byte[] segment;
  private final int end;
  private int offset = SegmentFormat.HEADER_BYTES;
  private ChainHead head;

  SegmentCursor(byte[] segment, ChainHead head) {
    this.segment = segment;
    this.end = SegmentFormat.contentLength(segment);
    this.head = head;
  }

  /// What is next in a segment.
  sealed interface Step {
    record Found(StoredRecord stored) implements Step {}

    record End(int offset) implements Step {}

    /// Not a whole record: a write that did not come to its end, or damage.
    record Broken(int offset, String expectation) implements Step {}

    /// A whole record in a place where it does not belong, which no crash can explain.
    record Wrong(int offset, String expectation) implements Step {}
  }

  Step next() {
    if (offset >= end) {
      return new End(offset);
    }
    if (!SegmentFormat.isRecord(segment, offset)) {
      return new Broken(
          offset, "expected record " + (head.sequence() + 1) + " whole and with its checksum");
    }
    long sequence = SegmentFormat.sequence(segment, offset);
    if (sequence != head.sequence() + 1) {
      return new Wrong(
          offset, "expected sequence " + (head.sequence() + 1) + ", found " + sequence);
    }
    Hash previous = SegmentFormat.previous(segment, offset);
    if (!previous.equals(head.hash())) {
      return new Wrong(
          offset,
          "expected the hash of record "
              + head.sequence()
              + " "
              + head.hash().hex()
              + ", found "
              + previous.hex());
    }
    Optional<JournalRecord> record = SegmentFormat.record(segment, offset);
    if (record.isEmpty()) {
      return new Wrong(offset, "expected a JSON object with type, version and data");
    }
    return new Found(advance(record.get()));
  }

  private StoredRecord advance(JournalRecord record) {
    int length = SegmentFormat.recordBytes(segment, offset);
    StoredRecord stored =
        new StoredRecord(record, offset, length, Hash.of(segment, offset, length));
    offset += length;
    head = stored.head();
    return stored;
  }

  /// Whether any record that could follow begins at or after an offset: then what is broken before
  /// it was once durable. No payload can hold something that looks like one, because JSON text has
  /// no zero bytes and a length does.
  boolean anyRecordFrom(int start) {
    for (int at = start; at <= end - SegmentFormat.FRAME_BYTES; at++) {
      if (segment[at] == 0
          && SegmentFormat.sequence(segment, at) > head.sequence()
          && SegmentFormat.isRecord(segment, at)) {
        return true;
      }
    }
    return false;
  }
}
