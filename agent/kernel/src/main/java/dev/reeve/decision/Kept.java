package dev.reeve.decision;

import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The checkpoints whose segments are kept, and how much time had passed at each. */
final class Kept {
  private final NavigableMap<Long, Long> passedNanos = new TreeMap<>();

  void begun(long sequence, JournalCheckpoint checkpoint, long passed) {
    passedNanos.put(sequence, passed);
    passedNanos.headMap(checkpoint.keptFrom()).clear();
  }

  /**
   * How much time had passed when a segment began, at the latest; empty if no checkpoint says so,
   * as for segments of the first format.
   */
  OptionalLong passedAt(long firstSequence) {
    var at = passedNanos.ceilingEntry(firstSequence);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at.getValue());
  }

  JsonObject write() {
    var json = Json.object();
    passedNanos.forEach((sequence, passed) -> json.put(sequence.toString(), passed.longValue()));
    return json.build();
  }

  void restore(JsonObject json) {
    for (String sequence : json.members().keySet()) {
      passedNanos.put(Long.parseLong(sequence), DecisionReader.whole(json, sequence));
    }
  }
}
