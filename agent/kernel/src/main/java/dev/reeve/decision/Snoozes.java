package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Who asked for time, and how often. Guarded as the state that it is a part of. */
public final class Snoozes {
  private final Map<String, Asked> asked = new TreeMap<>();

  Snoozes() {}

  /**
   * What was asked for an episode.
   *
   * @param untilNanos on the state's timeline
   */
  private record Asked(int times, long untilNanos) {}

  void snoozed(Decision.Snoozed snooze, long nowNanos) {
    asked.put(
        snooze.episode(), new Asked(times(snooze.episode()) + 1, nowNanos + snooze.forNanos()));
  }

  void closed(String episode) {
    asked.remove(episode);
  }

  /** What was never refuted is the same finding: silence gives no snooze back. */
  void goesOn(String before, String as) {
    Asked same = asked.remove(before);
    if (same != null) {
      asked.put(as, same);
    }
  }

  JsonObject write() {
    return Json.object().put("asked", StateCodec.list(asked.entrySet(), Snoozes::write)).build();
  }

  private static JsonObject write(Map.Entry<String, Asked> one) {
    return Json.object()
        .put("episode", one.getKey())
        .put("times", one.getValue().times())
        .put("until_nanos", one.getValue().untilNanos())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("asked"));
    for (JsonObject one : StateCodec.read(json, "asked", of -> of)) {
      asked.put(
          DecisionReader.text(one, "episode"),
          new Asked(
              (int) DecisionReader.whole(one, "times"), DecisionReader.whole(one, "until_nanos")));
    }
  }

  /** How often somebody asked for time for an episode. */
  public int times(String episode) {
    Asked known = asked.get(episode);
    return known == null ? 0 : known.times();
  }

  /** Until when it has time, on the state's timeline; empty where nobody asked. */
  public OptionalLong until(String episode) {
    Asked known = asked.get(episode);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.untilNanos());
  }
}
