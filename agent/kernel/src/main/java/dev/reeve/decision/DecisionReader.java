package dev.reeve.decision;

import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads the journal's records. A record that lacks what this release writes throws; the caller then
 * only observes.
 */
final class DecisionReader {
  private DecisionReader() {}

  /** The types and versions that this release understands. */
  static boolean knows(String type, int version) {
    if (type.equals(JournalCheckpoint.TYPE)) {
      return version == StateCodec.VERSION;
    }
    return version == 1
        && switch (type) {
          case "started",
              "episode",
              "notice",
              "plan",
              "intent",
              "outcome",
              "waited",
              "plan-closed",
              "paused",
              "resumed",
              "rules",
              "rules-hung",
              "doubted",
              "approved",
              "refused",
              "over-budget",
              "batch-confirmed",
              "snoozed",
              "unmuted" ->
              true;
          default -> false;
        };
  }

  static Decision read(String type, JsonObject json) {
    return switch (type) {
      case "started" ->
          new Decision.Started(
              text(json, "version"),
              text(json, "mode"),
              json.real("speed").orElseThrow(missing("speed")),
              text(json, "rule_set"));
      case "episode" -> new Decision.EpisodeMoved(episode(json));
      case "notice" ->
          new Decision.NoticeSent(
              text(json, "episode"),
              text(json, "workload"),
              json.text("owner").orElse(""),
              text(json, "channel"),
              flag(json, "delivered"),
              text(json, "detail"));
      case "plan" -> new Decision.PlanOpened(plan(json));
      case "intent" -> intent(json);
      case "outcome" ->
          new Decision.StepEnded(
              text(json, "plan"),
              (int) whole(json, "step"),
              outcome(json),
              json.object("target").map(DecisionReader::sighting));
      case "waited" ->
          new Decision.StepWaited(
              text(json, "plan"),
              (int) whole(json, "step"),
              flag(json, "reached"),
              text(json, "seen"));
      case "plan-closed" ->
          new Decision.PlanClosed(
              text(json, "plan"),
              Decision.Result.valueOf(text(json, "result").toUpperCase(Locale.ROOT)),
              text(json, "detail"),
              cost(object(json, "saves")));
      case "paused" ->
          new Decision.Paused(
              text(json, "by"), text(json, "reason"), flag(json, "all"), json.whole("for_nanos"));
      case "resumed" -> new Decision.Resumed(text(json, "by"));
      case "rules" -> rules(json);
      case "rules-hung" -> new Decision.RulesHung(text(json, "hash"), whole(json, "seconds"));
      case "doubted" ->
          new Decision.Doubted(
              text(json, "rule"),
              (int) whole(json, "found"),
              (int) whole(json, "targets"),
              texts(json, "episodes"));
      case "approved" ->
          new Decision.Approved(
              text(json, "plan"), text(json, "shown"), text(json, "by"), whole(json, "for_nanos"));
      case "refused" ->
          new Decision.Refused(text(json, "episode"), text(json, "by"), text(json, "reason"));
      default -> AnswerRecords.read(type, json);
    };
  }

  private static Decision.RulesLoaded rules(JsonObject json) {
    return new Decision.RulesLoaded(
        text(json, "key"),
        text(json, "hash"),
        (int) whole(json, "rules"),
        text(json, "by"),
        text(json, "problem"));
  }

  private static Decision.Intent intent(JsonObject json) {
    return new Decision.Intent(
        text(json, "plan"),
        (int) whole(json, "step"),
        text(json, "name"),
        effect(json),
        text(json, "workload"),
        text(json, "rule"),
        text(json, "remedy"),
        text(json, "incarnation"));
  }

  static Episode episode(JsonObject json) {
    return new Episode(
        text(json, "id"),
        text(json, "rule"),
        text(json, "rule_set"),
        subject(object(json, "subject")),
        text(json, "workload"),
        text(json, "incarnation"),
        EpisodeState.valueOf(text(json, "state").toUpperCase(Locale.ROOT)),
        whole(json, "evidence_since_nanos"),
        json.whole("warned_at_nanos"),
        Promise.of(
            Duration.ofNanos(json.whole("promised_nanos").orElse(0)),
            optionalTexts(json, "promised")),
        whole(json, "notice_nanos"),
        json.whole("unknown_since_nanos"),
        text(json, "note"));
  }

  static Plan plan(JsonObject json) {
    return new Plan(
        text(json, "id"),
        text(json, "episode"),
        text(json, "rule"),
        text(json, "rule_set"),
        sighting(object(json, "target")),
        remedy(object(json, "remedy")),
        array(json, "steps").elements().stream().map(value -> step((JsonObject) value)).toList(),
        cost(object(json, "saves")),
        texts(json, "preview"));
  }

  private static Remedy remedy(JsonObject json) {
    String verb = text(json, "verb");
    return switch (verb) {
      case "downsize" -> new Remedy.Downsize((int) whole(json, "size"));
      case "migrate" -> new Remedy.Migrate(text(json, "destination"));
      default ->
          Remedy.named(verb)
              .orElseThrow(() -> new IllegalArgumentException("a remedy called " + verb));
    };
  }

  private static Step step(JsonObject json) {
    TreeMap<String, String> arguments = new TreeMap<>();
    object(json, "arguments")
        .members()
        .forEach((name, value) -> arguments.put(name, ((JsonString) value).text()));
    return new Step(
        (int) whole(json, "number"),
        text(json, "name"),
        effect(json),
        text(json, "goal"),
        Duration.ofMillis(whole(json, "deadline_millis")),
        flag(json, "readable"),
        flag(json, "continue_when_unknown"),
        arguments,
        json.object("inverse").map(DecisionReader::step));
  }

  static Step.Effect effect(JsonObject json) {
    return Step.Effect.valueOf(text(json, "effect").toUpperCase(Locale.ROOT));
  }

  static Outcome outcome(JsonObject json) {
    String detail = text(json, "detail");
    return switch (text(json, "outcome")) {
      case "done" -> new Outcome.Done(detail);
      case "nothing_to_do" -> new Outcome.NothingToDo(detail);
      case "refused" -> new Outcome.Refused(detail);
      case "failed" -> new Outcome.Failed(detail, flag(json, "retryable"));
      case "unknown" -> new Outcome.Unknown(detail);
      case String other -> throw new IllegalArgumentException("an outcome called " + other);
    };
  }

  private static WorkloadSighting sighting(JsonObject json) {
    Extent extent =
        json.text("extent_unknown")
            .<Extent>map(Extent.Unknown::new)
            .orElseGet(
                () -> Extent.of(texts(json, "extent").stream().map(SubjectId::gpu).toList()));
    return new WorkloadSighting(
        WorkloadId.parse(text(json, "id")),
        new Incarnation(
            text(json, "uid"), whole(json, "generation"), new TreeSet<>(texts(json, "members"))),
        WorkloadKind.of(text(json, "kind")),
        text(json, "owner"),
        text(json, "group"),
        extent,
        json.text("protected").map(Protection::because).orElseGet(Protection::none),
        json.object("checkpoint").map(DecisionReader::checkpoint),
        text(json, "foreign_to"));
  }

  private static Checkpoint checkpoint(JsonObject json) {
    return new Checkpoint(
        text(json, "signal"),
        Path.of(text(json, "acknowledgement")),
        Duration.ofMillis(whole(json, "deadline_millis")));
  }

  static Cost cost(JsonObject json) {
    Optional<String> unknown = json.text("unknown");
    return unknown.isPresent()
        ? new Cost.Unknown(unknown.get())
        : new Cost.Known(
            MoneyPerHour.of(text(json, "per_hour"), text(json, "currency")), text(json, "source"));
  }

  private static SubjectId subject(JsonObject json) {
    return new SubjectId(SubjectKind.of(text(json, "kind")), text(json, "key"));
  }

  static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(missing(name));
  }

  static long whole(JsonObject json, String name) {
    return json.whole(name).orElseThrow(missing(name));
  }

  static boolean flag(JsonObject json, String name) {
    return json.bool(name).orElseThrow(missing(name));
  }

  static JsonObject object(JsonObject json, String name) {
    return json.object(name).orElseThrow(missing(name));
  }

  static JsonArray array(JsonObject json, String name) {
    return json.array(name).orElseThrow(missing(name));
  }

  /** Of what older releases do not write. */
  private static List<String> optionalTexts(JsonObject json, String name) {
    return json.array(name).isEmpty() ? List.of() : texts(json, name);
  }

  static List<String> texts(JsonObject json, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : array(json, name).elements()) {
      texts.add(((JsonString) value).text());
    }
    return texts;
  }

  private static Supplier<IllegalArgumentException> missing(String name) {
    return () -> new IllegalArgumentException("it has no '" + name + "'");
  }
}
