package dev.reeve.replay;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import java.util.stream.Stream;

/** Counts records and keeps none: nobody reads a replay's journal again. */
final class ForgetfulJournal implements Journal {
  private long last;

  @Override
  public AppendResult append(JournalEntry entry, long expectedLast) {
    if (expectedLast != last) {
      return new AppendResult.Conflict(last);
    }
    return new AppendResult.Appended(++last);
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
