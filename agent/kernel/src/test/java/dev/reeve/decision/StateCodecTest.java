package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalRecord;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A checkpoint says everything that the records before it add up to. */
final class StateCodecTest {
  private static final int SEEDS = Integer.getInteger("reeve.histories", 8);
  private static final int CENSUS = 60;
  private static final int RECORDS = 120;

  private static List<JournalRecord> history(long seed) {
    Histories histories = new Histories(seed);
    List<JournalRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(histories.next());
    }
    return records;
  }

  private static void fold(DecisionState into, List<JournalRecord> records) {
    records.forEach(record -> into.fold(record, DecisionReader.read(record.type(), record.json())));
  }

  private static DecisionState restored(DecisionState state) {
    DecisionState again = new DecisionState();
    StateCodec.restore(again, parsed(Json.write(StateCodec.write(state))));
    return again;
  }

  private static JsonObject parsed(String text) {
    try {
      return JsonReader.STRICT.readObject(text);
    } catch (JsonException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void aFoldThatIsCutAnywhereByACheckpointAddsUpToTheSame() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<JournalRecord> records = history(seed);
      DecisionState whole = new DecisionState();
      fold(whole, records);
      List<String> expected = Anatomy.picture(whole);
      DecisionState upTo = new DecisionState();
      for (int cut = 0; cut <= records.size(); cut++) {
        DecisionState after = restored(upTo);
        assertEquals(Anatomy.picture(upTo), Anatomy.picture(after), "seed " + seed + " at " + cut);
        fold(after, records.subList(cut, records.size()));
        assertEquals(expected, Anatomy.picture(after), "seed " + seed + " cut at " + cut);
        if (cut < records.size()) {
          fold(upTo, records.subList(cut, cut + 1));
        }
      }
    }
  }

  /**
   * What never differs in these histories could be forgotten by a checkpoint without any test that
   * fails: who adds a part to the state adds decisions about it to {@link Histories}.
   */
  @Test
  void theHistoriesMoveEveryPartOfTheStateAndUseEveryKind() {
    Anatomy.Census census = new Anatomy.Census();
    census.count(new DecisionState());
    for (long seed = 1; seed <= CENSUS; seed++) {
      DecisionState state = new DecisionState();
      for (JournalRecord record : history(seed)) {
        fold(state, List.of(record));
        if (record.sequence() % 8 == 0) {
          census.count(state);
        }
      }
    }
    // what only a checkpoint moves is the business of the tests of retention
    List<String> constant = new ArrayList<>(census.constant());
    assertTrue(constant.removeAll(List.of("DecisionState.kept", "Kept.passedNanos")));
    assertEquals(List.of(), constant, "never had two different values");
    assertEquals(List.of(), census.absent(), "never was there");
  }

  @Test
  void theHistoriesKnowEveryKindOfDecision() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 1; seed <= CENSUS; seed++) {
      history(seed)
          .forEach(
              record ->
                  seen.add(
                      DecisionReader.read(record.type(), record.json())
                          .getClass()
                          .getSimpleName()));
    }
    for (Class<?> kind : kinds(Decision.class)) {
      assertTrue(seen.contains(kind.getSimpleName()), kind.getSimpleName());
    }
  }

  private static List<Class<?>> kinds(Class<?> of) {
    if (!of.isSealed()) {
      return List.of(of);
    }
    return Arrays.stream(of.getPermittedSubclasses())
        .flatMap(kind -> kinds(kind).stream())
        .toList();
  }

  @Test
  void aCheckpointThatLacksAPartIsRefused() {
    DecisionState state = new DecisionState();
    fold(state, history(1));
    JsonObject whole = StateCodec.write(state);
    for (String name : whole.members().keySet()) {
      if (!name.equals("pause")) {
        Map<String, JsonValue> less = new LinkedHashMap<>(whole.members());
        less.remove(name);
        assertThrows(
            IllegalArgumentException.class,
            () -> StateCodec.restore(new DecisionState(), new JsonObject(less)),
            name);
      }
    }
  }

  @Test
  void aCheckpointThatSaysMoreThanThisReleaseKnowsIsRefused() {
    JsonObject whole = StateCodec.write(new DecisionState());
    Map<String, JsonValue> more = new LinkedHashMap<>(whole.members());
    more.put("muted", Json.object().build());
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> StateCodec.restore(new DecisionState(), new JsonObject(more)));
    assertTrue(String.valueOf(refused.getMessage()).contains("'muted'"));
  }
}
