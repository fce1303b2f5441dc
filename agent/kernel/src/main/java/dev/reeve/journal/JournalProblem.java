package dev.reeve.journal;

/// Why a journal cannot be used.
///
/// @param file the name of the file within the journal's folder
/// @param offset of the first byte that is not as it should be
/// @param expectation what should have been there, and what is
public record JournalProblem(Kind kind, String file, long offset, String expectation) {
  /// What went wrong.
  public enum Kind {
    /// Bytes changed, or were cut, after they had been durable.
    DAMAGED,
    /// A segment is gone.
    MISSING,
    /// A checkpoint is not what the records before it add up to.
    DISAGREES,
    /// A newer release wrote it.
    UNKNOWN_VERSION,
    /// Another process writes it.
    IN_USE,
    /// The operating system refused to read or write.
    UNREADABLE
  }

  @Override
  public String toString() {
    return file + " at byte " + offset + ": " + expectation;
  }
}
