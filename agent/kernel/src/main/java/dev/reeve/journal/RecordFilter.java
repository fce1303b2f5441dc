package dev.reeve.journal;

import java.util.Set;

/// Which records to show.
///
/// @param fromSequence the first one
/// @param types only these; all of them if empty
public record RecordFilter(long fromSequence, Set<String> types) {
  public static final RecordFilter ALL = new RecordFilter(1, Set.of());

  public RecordFilter {
    types = Set.copyOf(types);
  }

  boolean accepts(JournalRecord record) {
    return record.sequence() >= fromSequence && (types.isEmpty() || types.contains(record.type()));
  }
}
