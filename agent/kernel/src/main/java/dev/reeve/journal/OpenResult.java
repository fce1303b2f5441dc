package dev.reeve.journal;

/// What opening a journal came to. Only [Opened] permits anything beyond observing.
public sealed interface OpenResult {
  /// Checked, whole, and ready for appending.
  ///
  /// @param cutBytes what was cut off the end, 0 after an orderly end: a record that was being
  ///   written when the process or the machine stopped. Damage to the very last record looks the
  ///   same, so a start that cuts is worth a line in the log.
  record Opened(Journal journal, long cutBytes) implements OpenResult {}

  /// Nothing is damaged, but a newer release wrote it: to act without understanding all of it would
  /// be to forget what was promised.
  record ObserveOnly(JournalProblem problem) implements OpenResult {}

  /// Damaged, incomplete, unreadable, or in use by another process. Nothing was changed.
  record Refused(JournalProblem problem) implements OpenResult {}
}
