package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Episode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * When episodes were opened, and which were too many. Guarded as the state that it is a part of.
 */
public final class Discoveries {
  /** Evidence clock: what is found within this time is found at once. */
  public static final Duration TOGETHER = Duration.ofMinutes(5);

  /** Evidence clock: how far back this remembers; no guard asks for more. */
  public static final Duration REMEMBERED = Duration.ofDays(1);

  private static final int KEPT = 100_000;

  private final Deque<Found> found = new ArrayDeque<>();
  private final Deque<Found> cleared = new ArrayDeque<>();
  private long endedNanos = Long.MIN_VALUE;
  private final Map<String, Decision.Doubted> doubted = new TreeMap<>();

  /**
   * An episode was opened, or cleared.
   *
   * @param workload whom it is about; its subject where that is nobody
   * @param atNanos on the state's timeline
   */
  public record Found(String episode, String rule, String workload, long atNanos) {}

  void opened(Episode episode, long nowNanos) {
    add(found, episode, nowNanos);
  }

  /** Its condition was refuted: it worked again, or whatever else the rule had missed. */
  void cleared(Episode episode, long nowNanos) {
    add(cleared, episode, nowNanos);
  }

  private static void add(Deque<Found> to, Episode episode, long nowNanos) {
    String whom = episode.workload().isEmpty() ? episode.subject().toString() : episode.workload();
    to.addLast(new Found(episode.id(), episode.rule(), whom, nowNanos));
    long useless = nowNanos - REMEMBERED.toNanos();
    while (to.size() > KEPT || to.getFirst().atNanos() < useless) {
      to.removeFirst();
    }
  }

  void doubted(Decision.Doubted doubt) {
    doubt.episodes().forEach(episode -> doubted.put(episode, doubt));
  }

  void closed(String episode) {
    doubted.remove(episode);
  }

  void goesOn(String before, String as) {
    Decision.Doubted doubt = doubted.remove(before);
    if (doubt != null) {
      doubted.put(as, doubt);
    }
  }

  /** What a rule found from an instant of the timeline on, also what is over. */
  public List<Found> of(String rule, long sinceNanos) {
    return found.stream()
        .filter(one -> one.atNanos() >= sinceNanos && one.rule().equals(rule))
        .toList();
  }

  /** The journal's last word before another process went on with it. */
  void ended(long nowNanos) {
    endedNanos = nowNanos;
  }

  /**
   * When a rule found something just before the process ended that did; empty where it lived on.
   */
  public OptionalLong lastBeforeEnd(String rule) {
    return found.stream()
        .filter(one -> one.rule().equals(rule) && one.atNanos() <= endedNanos)
        .filter(one -> endedNanos - one.atNanos() < TOGETHER.toNanos())
        .mapToLong(Found::atNanos)
        .max();
  }

  /** When a rule's episodes on a workload were cleared, from an instant of the timeline on. */
  public List<Long> cleared(String rule, String workload, long sinceNanos) {
    return cleared.stream()
        .filter(
            one ->
                one.atNanos() >= sinceNanos
                    && one.rule().equals(rule)
                    && one.workload().equals(workload))
        .map(Found::atNanos)
        .toList();
  }

  JsonObject write() {
    Map<Decision.Doubted, List<String>> doubts = new LinkedHashMap<>();
    doubted.forEach(
        (episode, doubt) -> doubts.computeIfAbsent(doubt, _ -> new ArrayList<>()).add(episode));
    return Json.object()
        .put("found", StateCodec.list(found, Discoveries::write))
        .put("cleared", StateCodec.list(cleared, Discoveries::write))
        .put("ended_nanos", endedNanos)
        .put("doubted", StateCodec.list(doubts.entrySet(), Discoveries::write))
        .build();
  }

  private static JsonObject write(Map.Entry<Decision.Doubted, List<String>> doubt) {
    return Json.object()
        .put("doubt", DecisionWriter.write(doubt.getKey()))
        .put("of", Json.texts(doubt.getValue()))
        .build();
  }

  private static JsonObject write(Found one) {
    return Json.object()
        .put("episode", one.episode())
        .put("rule", one.rule())
        .put("workload", one.workload())
        .put("at_nanos", one.atNanos())
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("found", "cleared", "ended_nanos", "doubted"));
    found.addAll(StateCodec.read(json, "found", Discoveries::readFound));
    cleared.addAll(StateCodec.read(json, "cleared", Discoveries::readFound));
    endedNanos = DecisionReader.whole(json, "ended_nanos");
    for (JsonObject one : StateCodec.read(json, "doubted", of -> of)) {
      Decision.Doubted doubt =
          StateCodec.read(Decision.Doubted.class, "doubted", DecisionReader.object(one, "doubt"));
      DecisionReader.texts(one, "of").forEach(episode -> doubted.put(episode, doubt));
    }
  }

  private static Found readFound(JsonObject json) {
    return new Found(
        DecisionReader.text(json, "episode"),
        DecisionReader.text(json, "rule"),
        DecisionReader.text(json, "workload"),
        DecisionReader.whole(json, "at_nanos"));
  }

  /** Why an episode is rather the observer's mistake. */
  public Optional<Decision.Doubted> doubt(String episode) {
    return Optional.ofNullable(doubted.get(episode));
  }
}
