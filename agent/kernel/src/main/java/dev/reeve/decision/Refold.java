package dev.reeve.decision;

import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.JournalVerifier.Objection;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.Optional;

/**
 * Folds records one after the other, and compares at each checkpoint: it must say what the records
 * before it add up to. A checkpoint that comes first is where the fold begins.
 */
public final class Refold implements JournalVerifier.Check {
  private DecisionState state = new DecisionState();
  private boolean begun;

  @Override
  public Optional<Objection> check(JournalRecord record) {
    if (!DecisionReader.knows(record.type(), record.version())) {
      return Optional.of(
          new Objection(
              Kind.UNKNOWN_VERSION,
              "it is of type "
                  + record.type()
                  + ", version "
                  + record.version()
                  + ", which this release does not know"));
    }
    try {
      return JournalCheckpoint.is(record)
          ? checkpoint(record, JournalCheckpoint.of(record))
          : fold(record);
    } catch (RuntimeException malformed) {
      return Optional.of(new Objection(Kind.DAMAGED, malformed.toString()));
    }
  }

  DecisionState state() {
    return state;
  }

  private Optional<Objection> fold(JournalRecord record) {
    state.fold(record, DecisionReader.read(record.type(), record.json()));
    begun = true;
    return Optional.empty();
  }

  private Optional<Objection> checkpoint(JournalRecord record, JournalCheckpoint checkpoint) {
    if (begun) {
      Optional<Objection> difference = compare(checkpoint.state());
      if (difference.isPresent()) {
        return difference;
      }
    } else {
      StateCodec.restore(state, checkpoint.state());
      begun = true;
    }
    state.checkpointed(record, checkpoint);
    return Optional.empty();
  }

  private Optional<Objection> compare(JsonObject found) {
    JsonObject folded = StateCodec.write(state);
    // as text: what was read has lost how its numbers were made; a part at a time, for it is long
    for (String name : folded.members().keySet()) {
      String expected = folded.member(name).map(Json::write).orElse("");
      String there = found.member(name).map(Json::write).orElse("nothing");
      if (!expected.equals(there)) {
        return Optional.of(
            new Objection(
                Kind.DISAGREES, "a checkpoint whose " + name + " " + difference(expected, there)));
      }
    }
    return found.members().keySet().equals(folded.members().keySet())
        ? Optional.empty()
        : Optional.of(
            new Objection(
                Kind.DISAGREES, "a checkpoint that says more than the records before it"));
  }

  private static String difference(String expected, String there) {
    int at = 0;
    while (at < Math.min(expected.length(), there.length())
        && expected.charAt(at) == there.charAt(at)) {
      at++;
    }
    return "says "
        + excerpt(there, at)
        + " where the records before it add up to "
        + excerpt(expected, at);
  }

  private static String excerpt(String text, int at) {
    int from = Math.max(0, at - 30);
    int to = Math.min(text.length(), at + 30);
    return "'" + (from > 0 ? "..." : "") + text.substring(from, to) + "'";
  }
}
