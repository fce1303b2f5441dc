package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.Extent;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;

/** Writes decisions as the journal's records; {@link DecisionReader} reads them. */
public final class DecisionWriter {
  private DecisionWriter() {}

  /** The types and versions that this release understands. */
  public static boolean knows(String type, int version) {
    return DecisionReader.knows(type, version);
  }

  static String type(Decision decision) {
    return switch (decision) {
      case Decision.Started _ -> "started";
      case Decision.EpisodeMoved _ -> "episode";
      case Decision.NoticeSent _ -> "notice";
      case Decision.PlanOpened _ -> "plan";
      case Decision.Intent _ -> "intent";
      case Decision.StepEnded _ -> "outcome";
      case Decision.StepWaited _ -> "waited";
      case Decision.PlanClosed _ -> "plan-closed";
      case Decision.Paused _ -> "paused";
      case Decision.Resumed _ -> "resumed";
      case Decision.RulesLoaded _ -> "rules";
      case Decision.RulesHung _ -> "rules-hung";
      case Decision.Doubted _ -> "doubted";
      case Decision.Approved _ -> "approved";
      case Decision.Refused _ -> "refused";
      case Decision.Answer answer -> AnswerRecords.type(answer);
    };
  }

  static JsonObject write(Decision decision) {
    return switch (decision) {
      case Decision.Started started ->
          Json.object()
              .put("version", started.version())
              .put("mode", started.mode())
              .put("speed", started.speed())
              .put("rule_set", started.ruleSet())
              .build();
      case Decision.EpisodeMoved moved -> episode(moved.episode());
      case Decision.NoticeSent notice ->
          Json.object()
              .put("episode", notice.episode())
              .put("workload", notice.workload())
              .put("owner", notice.owner())
              .put("channel", notice.channel())
              .put("delivered", notice.delivered())
              .put("detail", notice.detail())
              .build();
      case Decision.PlanOpened opened -> plan(opened.plan());
      case Decision.Intent intent -> intent(intent);
      case Decision.StepEnded ended -> ended(ended);
      case Decision.StepWaited waited ->
          Json.object()
              .put("plan", waited.plan())
              .put("step", waited.step())
              .put("reached", waited.reached())
              .put("seen", waited.seen())
              .build();
      case Decision.PlanClosed closed ->
          Json.object()
              .put("plan", closed.plan())
              .put("result", closed.result().name().toLowerCase(java.util.Locale.ROOT))
              .put("detail", closed.detail())
              .put("saves", cost(closed.saves()))
              .build();
      case Decision.Paused paused -> paused(paused);
      case Decision.Resumed resumed -> Json.object().put("by", resumed.by()).build();
      case Decision.RulesLoaded rules ->
          Json.object()
              .put("key", rules.key())
              .put("hash", rules.hash())
              .put("rules", rules.rules())
              .put("by", rules.by())
              .put("problem", rules.problem())
              .build();
      case Decision.RulesHung hung ->
          Json.object().put("hash", hung.hash()).put("seconds", hung.seconds()).build();
      case Decision.Doubted doubted -> doubted(doubted);
      case Decision.Approved approved -> approved(approved);
      case Decision.Refused refused -> refused(refused);
      case Decision.Answer answer -> AnswerRecords.write(answer);
    };
  }

  private static JsonObject refused(Decision.Refused refused) {
    return Json.object()
        .put("episode", refused.episode())
        .put("by", refused.by())
        .put("reason", refused.reason())
        .build();
  }

  private static JsonObject doubted(Decision.Doubted doubted) {
    return Json.object()
        .put("rule", doubted.rule())
        .put("found", doubted.found())
        .put("targets", doubted.targets())
        .put("episodes", Json.texts(doubted.episodes()))
        .build();
  }

  private static JsonObject approved(Decision.Approved approved) {
    return Json.object()
        .put("plan", approved.plan())
        .put("shown", approved.shown())
        .put("by", approved.by())
        .put("for_nanos", approved.forNanos())
        .build();
  }

  /** An episode, as the journal and the API show it. */
  public static JsonObject episode(Episode episode) {
    JsonObjectBuilder json =
        Json.object()
            .put("id", episode.id())
            .put("rule", episode.rule())
            .put("rule_set", episode.ruleSet())
            .put("subject", subject(episode.subject()))
            .put("workload", episode.workload())
            .put("incarnation", episode.incarnation())
            .put("state", episode.state().text())
            .put("evidence_since_nanos", episode.evidenceSinceNanos())
            .put("notice_nanos", episode.noticeNanos())
            .put("note", episode.note());
    episode.warnedAtNanos().ifPresent(nanos -> json.put("warned_at_nanos", nanos));
    if (!episode.promise().equals(Promise.NONE)) {
      json.put("promised_nanos", episode.promise().notice().toNanos())
          .put("promised", Json.texts(episode.promise().remedies()));
    }
    episode.unknownSinceNanos().ifPresent(nanos -> json.put("unknown_since_nanos", nanos));
    return json.build();
  }

  /** A plan, as the journal and the API show it. */
  public static JsonObject plan(Plan plan) {
    return Json.object()
        .put("id", plan.id())
        .put("episode", plan.episode())
        .put("rule", plan.rule())
        .put("rule_set", plan.ruleSet())
        .put("target", sighting(plan.target()))
        .put("remedy", remedy(plan.remedy()))
        .put("steps", Json.array(plan.steps().stream().map(DecisionWriter::step).toList()))
        .put("saves", cost(plan.saves()))
        .put("preview", Json.texts(plan.preview()))
        .build();
  }

  /** A cost rate or why there is none. */
  public static JsonObject cost(Cost cost) {
    return switch (cost) {
      case Cost.Known known ->
          Json.object()
              .put("per_hour", known.rate().perHour().amount().toPlainString())
              .put("currency", known.rate().currency().getCurrencyCode())
              .put("source", known.source())
              .build();
      case Cost.Unknown unknown -> Json.object().put("unknown", unknown.reason()).build();
    };
  }

  private static JsonObject intent(Decision.Intent intent) {
    return Json.object()
        .put("plan", intent.plan())
        .put("step", intent.step())
        .put("name", intent.name())
        .put("effect", intent.effect().name().toLowerCase(java.util.Locale.ROOT))
        .put("workload", intent.workload())
        .put("rule", intent.rule())
        .put("remedy", intent.remedy())
        .put("incarnation", intent.incarnation())
        .build();
  }

  private static JsonObject ended(Decision.StepEnded ended) {
    JsonObjectBuilder json =
        Json.object()
            .put("plan", ended.plan())
            .put("step", ended.step())
            .put("outcome", ended.outcome().word())
            .put("detail", ended.outcome().detail());
    if (ended.outcome() instanceof Outcome.Failed failed) {
      json.put("retryable", failed.retryable());
    }
    ended.target().ifPresent(target -> json.put("target", sighting(target)));
    return json.build();
  }

  private static JsonObject paused(Decision.Paused paused) {
    JsonObjectBuilder json =
        Json.object()
            .put("by", paused.by())
            .put("reason", paused.reason())
            .put("all", paused.all());
    paused.forNanos().ifPresent(nanos -> json.put("for_nanos", nanos));
    return json.build();
  }

  private static JsonObject subject(SubjectId id) {
    return Json.object().put("kind", id.kind().text()).put("key", id.key()).build();
  }

  private static JsonObject remedy(Remedy remedy) {
    JsonObjectBuilder json = Json.object().put("verb", remedy.verb());
    switch (remedy) {
      case Remedy.Downsize downsize -> json.put("size", downsize.size());
      case Remedy.Migrate migrate -> json.put("destination", migrate.destination());
      case Remedy.Notify _, Remedy.Suspend _, Remedy.Drain _, Remedy.Terminate _ -> {}
    }
    return json.build();
  }

  private static JsonObject step(Step step) {
    JsonObjectBuilder arguments = Json.object();
    step.arguments().forEach(arguments::put);
    JsonObjectBuilder json =
        Json.object()
            .put("number", step.number())
            .put("name", step.name())
            .put("effect", step.effect().name().toLowerCase(java.util.Locale.ROOT))
            .put("goal", step.goal())
            .put("deadline_millis", step.deadline().toMillis())
            .put("readable", step.readable())
            .put("continue_when_unknown", step.continueWhenUnknown())
            .put("arguments", arguments);
    step.inverse().ifPresent(inverse -> json.put("inverse", step(inverse)));
    return json.build();
  }

  private static JsonObject sighting(WorkloadSighting seen) {
    JsonObjectBuilder json =
        Json.object()
            .put("id", seen.id().toString())
            .put("uid", seen.incarnation().uid())
            .put("generation", seen.incarnation().generation())
            .put("members", Json.texts(seen.incarnation().members()))
            .put("kind", seen.kind().text())
            .put("owner", seen.owner())
            .put("group", seen.group())
            .put("foreign_to", seen.foreignTo());
    switch (seen.extent()) {
      case Extent.Known known ->
          json.put("extent", Json.texts(known.devices().stream().map(SubjectId::key).toList()));
      case Extent.Unknown unknown -> json.put("extent_unknown", unknown.reason());
    }
    if (seen.protection() instanceof Protection.Protected shield) {
      json.put("protected", shield.reason());
    }
    seen.checkpoint().ifPresent(checkpoint -> json.put("checkpoint", checkpoint(checkpoint)));
    return json.build();
  }

  private static JsonObject checkpoint(Checkpoint checkpoint) {
    return Json.object()
        .put("signal", checkpoint.signal())
        .put("acknowledgement", checkpoint.acknowledgement().toString())
        .put("deadline_millis", checkpoint.deadline().toMillis())
        .build();
  }
}
