package dev.reeve.journal;

import dev.reeve.journal.SegmentCursor.Step;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Reads back what is known to be durable, one segment in memory at a time.
final class RecordIterator implements Iterator<JournalRecord> {
  private final SegmentFiles files;
  private final Iterator<SegmentHeader> segments;
  private final long last;
  private long sequence;
  private SegmentHeader segment;
  private SegmentCursor cursor;

  /// @param segments at least one; the first is taken at its word for what came before
  RecordIterator(SegmentFiles files, List<SegmentHeader> segments, long last) {
    this.files = files;
    this.segments = segments.iterator();
    this.last = last;
    this.segment = this.segments.next();
    this.sequence = segment.firstSequence() - 1;
    this.cursor = open();
  }

  @Override
  public boolean hasNext() {
    return sequence < last;
  }

  @Override
  public JournalRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("record " + last + " is the last one");
    }
    while (true) {
      switch (cursor.next()) {
        case Step.Found(StoredRecord stored) -> {
          sequence = stored.record().sequence();
          return stored.record();
        }
        case Step.End(int at) -> {
          if (!segments.hasNext()) {
            throw damaged(at, "expected record " + (sequence + 1));
          }
          segment = segments.next();
          cursor = open();
        }
        case Step.Broken(int at, String expectation) -> throw damaged(at, expectation);
        case Step.Wrong(int at, String expectation) -> throw damaged(at, expectation);
      }
    }
  }

  private SegmentCursor open() {
    String name = SegmentFormat.fileName(segment.number());
    try {
      return new SegmentCursor(files.read(name), segment.head());
    } catch (IOException e) {
      throw new JournalException("the journal could not be read: " + name, e);
    }
  }

  private JournalException damaged(int at, String expectation) {
    return new JournalException(
        SegmentFormat.fileName(segment.number()) + " at byte " + at + ": " + expectation);
  }
}
