package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Episode;
import dev.reeve.model.Plan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether what a rule does helps. A plan that fails does not, nor does one after which the same
 * rule finds the same workload again within a day. Guarded as the state that it is a part of.
 */
public final class Helps {
  /** Evidence clock: what is found again later is another story. */
  static final Duration AGAIN = Duration.ofDays(1);

  private static final int KEPT = 100;

  private final Map<String, Deque<Ended>> rules = new TreeMap<>();

  Helps() {}

  /** One plan that is over. */
  private record Ended(String workload, long atNanos, boolean helped) {}

  void closed(Plan plan, Decision.Result result, long nowNanos) {
    Deque<Ended> all = rules.computeIfAbsent(plan.rule(), _ -> new ArrayDeque<>());
    all.addFirst(
        new Ended(plan.workload().toString(), nowNanos, result == Decision.Result.VERIFIED));
    if (all.size() > KEPT) {
      all.removeLast();
    }
  }

  /** A rule finds something, perhaps what it has ended just now. */
  void opened(Episode episode, long nowNanos) {
    Deque<Ended> all = rules.getOrDefault(episode.rule(), new ArrayDeque<>());
    Deque<Ended> seen = new ArrayDeque<>();
    for (Ended one : all) {
      boolean again =
          one.workload().equals(episode.workload()) && nowNanos - one.atNanos() < AGAIN.toNanos();
      seen.addLast(again ? new Ended(one.workload(), one.atNanos(), false) : one);
    }
    if (!seen.isEmpty()) {
      rules.put(episode.rule(), seen);
    }
  }

  void unmuted(String rule) {
    rules.remove(rule);
  }

  JsonObject write() {
    return Json.object().put("rules", StateCodec.list(rules.entrySet(), Helps::write)).build();
  }

  private static JsonObject write(Map.Entry<String, Deque<Ended>> rule) {
    return Json.object()
        .put("rule", rule.getKey())
        .put("ended", StateCodec.list(rule.getValue(), Helps::write))
        .build();
  }

  private static JsonObject write(Ended one) {
    return Json.object()
        .put("workload", one.workload())
        .put("at_nanos", one.atNanos())
        .put("helped", one.helped())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("rules"));
    for (JsonObject one : StateCodec.read(json, "rules", of -> of)) {
      rules.put(
          DecisionReader.text(one, "rule"),
          new ArrayDeque<>(StateCodec.read(one, "ended", Helps::readEnded)));
    }
  }

  private static Ended readEnded(JsonObject json) {
    return new Ended(
        DecisionReader.text(json, "workload"),
        DecisionReader.whole(json, "at_nanos"),
        DecisionReader.flag(json, "helped"));
  }

  /** How many of a rule's newest plans, one after the other, did not help. */
  public int without(String rule) {
    int count = 0;
    for (Ended one : rules.getOrDefault(rule, new ArrayDeque<>())) {
      if (one.helped()) {
        break;
      }
      count++;
    }
    return count;
  }
}
