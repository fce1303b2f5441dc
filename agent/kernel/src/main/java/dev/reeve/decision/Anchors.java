package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From which record on the journal speaks of what still counts: open episodes with the answers and
 * doubts about them, open plans, approvals that wait, the pause. What only counts for a time, such
 * as a budget, needs no anchor: {@link Retention} keeps the longest time there is.
 */
final class Anchors {
  private static final String PAUSE = "pause";

  private final Map<String, Long> since = new TreeMap<>();

  /** A decision was folded into a state. */
  void folded(long sequence, Decision decision, DecisionState into) {
    for (String key : keys(decision, into)) {
      if (counts(key, into)) {
        since.putIfAbsent(key, sequence);
      } else {
        since.remove(key);
      }
    }
  }

  /** Forgets what counts no more. */
  void prune(DecisionState state) {
    since.keySet().removeIf(key -> !counts(key, state));
  }

  /** The first record that is still needed; the largest number there is if none is. */
  long first(DecisionState state) {
    return since.entrySet().stream()
        .filter(entry -> counts(entry.getKey(), state))
        .mapToLong(Map.Entry::getValue)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static List<String> keys(Decision decision, DecisionState state) {
    return switch (decision) {
      case Decision.EpisodeMoved moved -> List.of(episode(moved.episode().id()));
      case Decision.PlanOpened opened -> List.of(plan(opened.plan().id()));
      case Decision.Intent intent -> ofPlan(intent.plan(), state);
      case Decision.StepEnded ended -> ofPlan(ended.plan(), state);
      case Decision.PlanClosed closed -> ofPlan(closed.plan(), state);
      case Decision.Approved approved -> List.of(approval(approved.plan()));
      case Decision.Paused _, Decision.Resumed _ -> List.of(PAUSE);
      // they lie between the first record of their episode and its last
      case Decision.Refused _,
          Decision.Doubted _,
          Decision.OverBudget _,
          Decision.BatchConfirmed _,
          Decision.Snoozed _,
          Decision.Unmuted _ ->
          List.of();
      case Decision.Started _,
          Decision.NoticeSent _,
          Decision.StepWaited _,
          Decision.RulesLoaded _,
          Decision.RulesHung _ ->
          List.of();
    };
  }

  private static List<String> ofPlan(String id, DecisionState state) {
    return state
        .plan(id)
        .map(plan -> List.of(plan(id), approval(id), episode(plan.plan().episode())))
        .orElseGet(() -> List.of(plan(id), approval(id)));
  }

  private static boolean counts(String key, DecisionState state) {
    int space = key.indexOf(' ');
    String id = key.substring(space + 1);
    return switch (space < 0 ? key : key.substring(0, space)) {
      case "episode" -> state.isOpen(id);
      case "plan" -> state.plan(id).map(PlanState::open).orElse(false);
      case "approval" -> state.consents().holds(id);
      case PAUSE -> state.pausedNow();
      default -> throw new IllegalArgumentException("an anchor called " + key);
    };
  }

  private static String episode(String id) {
    return "episode " + id;
  }

  private static String plan(String id) {
    return "plan " + id;
  }

  private static String approval(String plan) {
    return "approval " + plan;
  }

  JsonObject write() {
    JsonObjectBuilder json = Json.object();
    since.forEach(json::put);
    return json.build();
  }

  void restore(JsonObject json) {
    for (String key : json.members().keySet()) {
      since.put(key, DecisionReader.whole(json, key));
    }
  }
}
