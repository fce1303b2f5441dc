package dev.reeve.journal;

/// What became of an append.
public sealed interface AppendResult {
  /// The entry is durable.
  record Appended(long sequence) implements AppendResult {}

  /// Somebody else appended in the meantime: nothing was written, and the decision is stale.
  record Conflict(long actualLast) implements AppendResult {}

  /// No answer: the entry may be durable or not, until it was read back. Nothing may be done on the
  /// strength of it. A journal in a file never answers so; it ends the process instead.
  record Unknown(String reason) implements AppendResult {}
}
