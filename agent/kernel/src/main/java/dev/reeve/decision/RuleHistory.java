package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rule sets that judged, and those that hung. Guarded as the state that it is a part of. */
public final class RuleHistory {
  /** A set that ended the process so often is not used again. */
  public static final int MOST_HUNG = 2;

  private static final int KEPT = 16;
  private static final int HUNG_KEPT = 1_000;

  private final List<Decision.RulesLoaded> loaded = new ArrayList<>();
  private final Map<String, Integer> hung = new HashMap<>();

  void loaded(Decision.RulesLoaded set) {
    loaded.removeIf(before -> before.hash().equals(set.hash()) && before.key().equals(set.key()));
    loaded.addFirst(set);
    if (loaded.size() > KEPT) {
      loaded.removeLast();
    }
  }

  void hung(Decision.RulesHung set) {
    if (hung.size() < HUNG_KEPT || hung.containsKey(set.hash())) {
      hung.merge(set.hash(), 1, Integer::sum);
    }
  }

  JsonObject write() {
    JsonObjectBuilder times = Json.object();
    new TreeMap<>(hung).forEach((hash, count) -> times.put(hash, count.longValue()));
    return Json.object()
        .put("loaded", StateCodec.list(loaded, DecisionWriter::write))
        .put("hung", times)
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("loaded", "hung"));
    loaded.addAll(
        StateCodec.read(
            json, "loaded", of -> StateCodec.read(Decision.RulesLoaded.class, "rules", of)));
    JsonObject times = DecisionReader.object(json, "hung");
    for (String hash : times.members().keySet()) {
      hung.put(hash, (int) DecisionReader.whole(times, hash));
    }
  }

  /** The sets that judged, the newest first. */
  public List<Decision.RulesLoaded> loaded() {
    return List.copyOf(loaded);
  }

  /** Whether a set ended the process at least once: it may judge again, and not act. */
  public boolean everHung(String hash) {
    return hung.containsKey(hash);
  }

  /** Hashes of sets that hung so often that they are not used again. */
  public Set<String> hung() {
    Set<String> often = new TreeSet<>();
    hung.forEach(
        (hash, times) -> {
          if (times >= MOST_HUNG) {
            often.add(hash);
          }
        });
    return often;
  }
}
