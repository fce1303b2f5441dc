package dev.reeve.daemon;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.Stamps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps records in memory: for a daemon that may only observe, because the journal on disk speaks
 * of things that this release does not understand.
 */
final class VolatileJournal implements Journal {
  private final Stamps stamps;
  private final List<JournalRecord> records = new ArrayList<>();

  VolatileJournal(Stamps stamps) {
    this.stamps = stamps;
  }

  @Override
  public synchronized AppendResult append(JournalEntry entry, long expectedLast) {
    if (expectedLast != records.size()) {
      return new AppendResult.Conflict(records.size());
    }
    Stamps.Stamp now = stamps.now();
    JournalRecord record =
        new JournalRecord(
            records.size() + 1L,
            now.wallMillis(),
            now.bootId(),
            now.bootNanos(),
            entry.type(),
            entry.version(),
            entry.json());
    records.add(record);
    return new AppendResult.Appended(record);
  }

  @Override
  public synchronized long last() {
    return records.size();
  }

  @Override
  public synchronized Stream<JournalRecord> read(long fromSequence) {
    return List.copyOf(records).stream().filter(record -> record.sequence() >= fromSequence);
  }

  @Override
  public void close() {}
}
