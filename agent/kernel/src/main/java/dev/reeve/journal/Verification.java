package dev.reeve.journal;

import java.util.Optional;

/// What [JournalVerifier] found.
public sealed interface Verification {
  /// Everything checked until then, or until the problem.
  Extent checked();

  /// Every byte is as it was written.
  ///
  /// @param unfinishedBytes of a record that is being written just now, or was when the last writer
  ///   stopped; the next start cuts them
  record Sound(Extent checked, long unfinishedBytes) implements Verification {}

  /// Something is not as it was written.
  record Unsound(Extent checked, JournalProblem problem) implements Verification {}

  /// How far a check came.
  ///
  /// @param segments whose headers are sound
  /// @param records that are sound
  /// @param checkpoints how many of them are checkpoints
  /// @param first empty while there are no records
  /// @param last as `first`
  /// @param lastHash of the last record, in hexadecimal: who keeps it elsewhere can tell later
  ///   whether the journal was cut or rewritten
  record Extent(
      long segments,
      long records,
      long checkpoints,
      Optional<JournalRecord> first,
      Optional<JournalRecord> last,
      String lastHash) {}
}
