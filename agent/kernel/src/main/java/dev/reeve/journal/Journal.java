package dev.reeve.journal;

import java.util.stream.Stream;

/// The record of everything that was decided and done, in one order. What is not in it was not
/// decided, so an effect in the world follows its appended intent and never precedes it.
///
/// Thread-safe. [#close()] waits for an append that is under way.
public interface Journal extends AutoCloseable {
  /// Appends an entry if the last sequence is still the expected one, and returns when it is
  /// durable. Blocks for as long as the storage takes.
  ///
  /// @param expectedLast what [#last()] said when the decision was made; 0 for the first entry
  /// @throws IllegalArgumentException the entry is too large, or its type and version are not ones
  ///   that this release reads; nothing was written
  /// @throws JournalException the journal is closed or has failed; whether the entry is in it is
  ///   for the next start to find out
  AppendResult append(JournalEntry entry, long expectedLast);

  /// The sequence of the last durable record, 0 while there is none.
  long last();

  /// The records from a sequence on, up to the one that is last now. Lazy; a segment at a time is
  /// in memory, and no file stays open.
  ///
  /// @throws JournalException what was written can no longer be read; the stream throws it too
  Stream<JournalRecord> read(long fromSequence);

  @Override
  void close();
}
