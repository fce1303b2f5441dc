package dev.reeve.journal;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;

/// What all records before it add up to, so that a start need not fold them again and old ones can
/// go. It is the first record of its segment and is chained like every other one.
///
/// @param version of the state's content; see [JournalEntry]
/// @param keptFrom the first record that is still kept, which begins a segment: what is before may
///   be gone, what follows must be there
public record JournalCheckpoint(int version, JsonObject state, long keptFrom) {
  /// The type of its record.
  public static final String TYPE = "checkpoint";

  /// Whether a record is one.
  public static boolean is(JournalRecord record) {
    return record.type().equals(TYPE);
  }

  /// @throws IllegalArgumentException it is none
  public static JournalCheckpoint of(JournalRecord record) {
    if (!is(record)) {
      throw new IllegalArgumentException("a record of type " + record.type());
    }
    return new JournalCheckpoint(
        record.version(),
        record
            .json()
            .object("state")
            .orElseThrow(() -> new IllegalArgumentException("it has no 'state'")),
        record
            .json()
            .whole("kept_from")
            .orElseThrow(() -> new IllegalArgumentException("it has no 'kept_from'")));
  }

  /// `kept_from` comes first: whoever looks for it need not read the state.
  JournalEntry entry() {
    return new JournalEntry(
        TYPE, version, Json.object().put("kept_from", keptFrom).put("state", state).build());
  }
}
