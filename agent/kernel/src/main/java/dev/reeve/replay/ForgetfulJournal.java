package dev.reeve.replay;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.Stamps;
import java.util.stream.Stream;

/** Counts records and keeps none: nobody reads a replay's journal again. */
final class ForgetfulJournal implements Journal {
  private final Stamps stamps;
  private long last;

  ForgetfulJournal(Stamps stamps) {
    this.stamps = stamps;
  }

  @Override
  public AppendResult append(JournalEntry entry, long expectedLast) {
    if (expectedLast != last) {
      return new AppendResult.Conflict(last);
    }
    last++;
    Stamps.Stamp now = stamps.now();
    return new AppendResult.Appended(
        new JournalRecord(
            last,
            now.wallMillis(),
            now.bootId(),
            now.bootNanos(),
            entry.type(),
            entry.version(),
            entry.json()));
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public Stream<JournalRecord> read(long fromSequence) {
    return Stream.empty();
  }

  @Override
  public void close() {}
}
