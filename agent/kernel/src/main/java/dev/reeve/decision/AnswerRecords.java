package dev.reeve.decision;

import static dev.reeve.decision.DecisionReader.text;
import static dev.reeve.decision.DecisionReader.texts;
import static dev.reeve.decision.DecisionReader.whole;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.Locale;

/** The records of what is asked of people beside one plan, and of what they ask for. */
final class AnswerRecords {
  private AnswerRecords() {}

  static String type(Decision.Answer answer) {
    return switch (answer) {
      case Decision.OverBudget _ -> "over-budget";
      case Decision.BatchConfirmed _ -> "batch-confirmed";
      case Decision.Snoozed _ -> "snoozed";
      case Decision.Unmuted _ -> "unmuted";
    };
  }

  static JsonObject write(Decision.Answer answer) {
    return switch (answer) {
      case Decision.OverBudget batch ->
          Json.object()
              .put("episodes", Json.texts(batch.episodes()))
              .put("why", batch.why())
              .build();
      case Decision.BatchConfirmed confirmed ->
          Json.object()
              .put("batch", confirmed.kind().text())
              .put("episodes", Json.texts(confirmed.episodes()))
              .put("by", confirmed.by())
              .build();
      case Decision.Snoozed snooze ->
          Json.object()
              .put("episode", snooze.episode())
              .put("by", snooze.by())
              .put("reason", snooze.reason())
              .put("for_nanos", snooze.forNanos())
              .build();
      case Decision.Unmuted unmuted ->
          Json.object().put("rule", unmuted.rule()).put("by", unmuted.by()).build();
    };
  }

  static Decision read(String type, JsonObject json) {
    return switch (type) {
      case "over-budget" -> new Decision.OverBudget(texts(json, "episodes"), text(json, "why"));
      case "batch-confirmed" ->
          new Decision.BatchConfirmed(
              Batches.Kind.valueOf(text(json, "batch").toUpperCase(Locale.ROOT)),
              texts(json, "episodes"),
              text(json, "by"));
      case "snoozed" ->
          new Decision.Snoozed(
              text(json, "episode"),
              text(json, "by"),
              text(json, "reason"),
              whole(json, "for_nanos"));
      case "unmuted" -> new Decision.Unmuted(text(json, "rule"), text(json, "by"));
      default -> throw new IllegalArgumentException("a record of type " + type);
    };
  }
}
