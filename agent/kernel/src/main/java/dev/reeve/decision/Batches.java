package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Episode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Episodes of which many came at once, so that a person has to look at them once, all together.
 * Guarded as the state that it is a part of. Nothing but a person's answer, or their own end, takes
 * them out: time does not.
 */
public final class Batches {
  private final Set<String> baseline = new TreeSet<>();
  private final Map<String, Decision.OverBudget> overBudget = new TreeMap<>();
  private long startedNanos = Long.MIN_VALUE;

  Batches() {}

  /** What a batch came from. */
  public enum Kind {
    /** The first full window after a start found them; the journal did not hold them as open. */
    BASELINE,
    /** They became due together, more of them than a budget had left. */
    BUDGET;

    /** What people call it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A process goes on with the journal, at a reading of the evidence clock. */
  void started(long evidenceNanos) {
    startedNanos = evidenceNanos;
  }

  /** Its evidence may have begun before anybody looked. */
  void opened(Episode episode) {
    if (episode.evidenceSinceNanos() - startedNanos < Discoveries.TOGETHER.toNanos()) {
      baseline.add(episode.id());
    }
  }

  void overBudget(Decision.OverBudget batch) {
    batch.episodes().forEach(episode -> overBudget.put(episode, batch));
  }

  void confirmed(Decision.BatchConfirmed answer) {
    switch (answer.kind()) {
      case BASELINE -> answer.episodes().forEach(baseline::remove);
      case BUDGET -> answer.episodes().forEach(overBudget::remove);
    }
  }

  void closed(String episode) {
    baseline.remove(episode);
    overBudget.remove(episode);
  }

  /** What was never refuted is the same finding: silence confirms nothing. */
  void goesOn(String before, String as) {
    if (baseline.remove(before)) {
      baseline.add(as);
    }
    Decision.OverBudget batch = overBudget.remove(before);
    if (batch != null) {
      overBudget.put(as, batch);
    }
  }

  /** Whether an episode waits for somebody to look at what the first full window found. */
  public boolean isBaseline(String episode) {
    return baseline.contains(episode);
  }

  /** Together with how many others an episode became due, while that waits for an answer. */
  public Optional<Decision.OverBudget> overBudget(String episode) {
    return Optional.ofNullable(overBudget.get(episode));
  }

  /** Episodes that wait for an answer, by id; also of what ended by itself and may go on. */
  public List<String> waiting(Kind kind) {
    return switch (kind) {
      case BASELINE -> List.copyOf(baseline);
      case BUDGET -> List.copyOf(overBudget.keySet());
    };
  }

  JsonObject write() {
    Map<Decision.OverBudget, List<String>> waiting = new LinkedHashMap<>();
    overBudget.forEach(
        (episode, batch) -> waiting.computeIfAbsent(batch, _ -> new ArrayList<>()).add(episode));
    return Json.object()
        .put("baseline", Json.texts(baseline))
        .put("over_budget", StateCodec.list(waiting.entrySet(), Batches::write))
        .put("started_nanos", startedNanos)
        .build();
  }

  private static JsonObject write(Map.Entry<Decision.OverBudget, List<String>> batch) {
    return Json.object()
        .put("batch", DecisionWriter.write(batch.getKey()))
        .put("of", Json.texts(batch.getValue()))
        .build();
  }

  void restore(JsonObject json) {
    StateCodec.requireOnly(json, Set.of("baseline", "over_budget", "started_nanos"));
    baseline.addAll(DecisionReader.texts(json, "baseline"));
    for (JsonObject one : StateCodec.read(json, "over_budget", of -> of)) {
      Decision.OverBudget batch =
          StateCodec.read(
              Decision.OverBudget.class, "over-budget", DecisionReader.object(one, "batch"));
      DecisionReader.texts(one, "of").forEach(episode -> overBudget.put(episode, batch));
    }
    startedNanos = DecisionReader.whole(json, "started_nanos");
  }

  /** Names what somebody confirms: exactly these. */
  public static String shown(Kind kind, List<String> episodes) {
    List<String> parts = new ArrayList<>(List.of(kind.text()));
    parts.addAll(episodes);
    return Consents.digest(parts);
  }
}
