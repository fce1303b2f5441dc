package dev.reeve.journal;

/// What became of an append.
public sealed interface AppendResult {
  /// The entry is durable.
  ///
  /// @param record as a later start will read it, with its stamp
  record Appended(JournalRecord record) implements AppendResult {
    public long sequence() {
      return record.sequence();
    }
  }

  /// Somebody else appended in the meantime: nothing was written, and the decision is stale.
  record Conflict(long actualLast) implements AppendResult {}

  /// No answer: the entry may be durable or not, until it was read back. Nothing may be done on the
  /// strength of it. A journal in a file never answers so; it ends the process instead.
  record Unknown(String reason) implements AppendResult {}
}
