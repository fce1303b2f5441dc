package dev.reeve.journal;

import java.util.List;
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

  /// Whether a checkpoint is due, so that records can go on in a new segment.
  default boolean isFull() {
    return false;
  }

  /// Begins a new segment with what all records until now add up to, and returns when it is
  /// durable. Drops the segments that it says are not kept any more. Blocks as [#append] does and
  /// throws what it throws.
  ///
  /// @param expectedLast the last record that the state holds
  default AppendResult checkpoint(JournalCheckpoint checkpoint, long expectedLast) {
    throw new IllegalStateException("a journal that is never full has no checkpoints");
  }

  /// What is kept, the oldest segment first; a journal without segments has none.
  default List<Segment> segments() {
    return List.of();
  }

  /// A stretch of records that can only go as a whole.
  ///
  /// @param firstSequence its first record: a checkpoint, or the very first of all
  /// @param bytes on disk
  record Segment(long firstSequence, long bytes) {}

  /// Where a fold begins: with a checkpoint, or with the very first record. There may be another
  /// checkpoint after it, which must say the same as the fold.
  default long foldsFrom() {
    return 1;
  }

  /// The sequence of the last durable record, 0 while there is none.
  long last();

  /// The records from a sequence on, those that are kept, up to the one that is last now. Lazy; a
  /// segment at a time is in memory, and no file stays open.
  ///
  /// @throws JournalException what was written can no longer be read; the stream throws it too
  Stream<JournalRecord> read(long fromSequence);

  @Override
  void close();
}
