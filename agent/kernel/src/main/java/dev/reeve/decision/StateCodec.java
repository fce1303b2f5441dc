package dev.reeve.decision;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes the whole state as a checkpoint holds it, and reads it again. */
final class StateCodec {
  /**
   * Of what a checkpoint says. A release that makes it say more, or that folds records to something
   * else, raises it.
   */
  static final int VERSION = 1;

  private StateCodec() {}

  static JsonObject write(DecisionState state) {
    JsonObjectBuilder json =
        Json.object()
            .put("timeline", state.timeline.write())
            .put("boot_changes", state.bootChanges)
            .put("open", list(state.open.values(), DecisionWriter::episode))
            .put("closed", list(state.closed, DecisionWriter::episode))
            .put("plans", list(state.plans.values(), StateCodec::plan))
            .put("spent", state.spent.write())
            .put("saved", list(state.saved, StateCodec::saved))
            .put("rules", state.rules.write())
            .put("discoveries", state.discoveries.write())
            .put("consents", state.consents.write())
            .put("snoozes", state.snoozes.write())
            .put("helps", state.helps.write())
            .put("batches", state.batches.write())
            .put("clock_sets", state.clockSets.write())
            .put("anchors", state.anchors.write())
            .put("kept", state.kept.write())
            .put("paused_at_nanos", state.pausedAtNanos);
    state.pause.ifPresent(pause -> json.put("pause", DecisionWriter.write(pause)));
    return json.build();
  }

  /** Reads into a state that nothing was folded into. What it does not know, it refuses. */
  static void restore(DecisionState state, JsonObject json) {
    requireOnly(
        json,
        Set.of(
            "timeline",
            "boot_changes",
            "open",
            "closed",
            "plans",
            "spent",
            "saved",
            "rules",
            "discoveries",
            "consents",
            "snoozes",
            "helps",
            "batches",
            "clock_sets",
            "anchors",
            "kept",
            "paused_at_nanos",
            "pause"));
    state.timeline.restore(DecisionReader.object(json, "timeline"));
    state.bootChanges = DecisionReader.whole(json, "boot_changes");
    read(json, "open", DecisionReader::episode).forEach(one -> state.open.put(one.id(), one));
    state.closed.addAll(read(json, "closed", DecisionReader::episode));
    read(json, "plans", StateCodec::plan).forEach(one -> state.plans.put(one.plan().id(), one));
    state.spent.restore(DecisionReader.object(json, "spent"));
    state.saved.addAll(read(json, "saved", StateCodec::saved));
    state.rules.restore(DecisionReader.object(json, "rules"));
    state.discoveries.restore(DecisionReader.object(json, "discoveries"));
    state.consents.restore(DecisionReader.object(json, "consents"));
    state.snoozes.restore(DecisionReader.object(json, "snoozes"));
    state.helps.restore(DecisionReader.object(json, "helps"));
    state.batches.restore(DecisionReader.object(json, "batches"));
    state.clockSets.restore(DecisionReader.object(json, "clock_sets"));
    state.anchors.restore(DecisionReader.object(json, "anchors"));
    state.kept.restore(DecisionReader.object(json, "kept"));
    state.pausedAtNanos = DecisionReader.whole(json, "paused_at_nanos");
    state.pause = json.object("pause").map(of -> read(Decision.Paused.class, "paused", of));
  }

  private static JsonObject plan(PlanState state) {
    JsonObjectBuilder json =
        Json.object()
            .put("plan", DecisionWriter.plan(state.plan()))
            .put("steps", list(state.steps(), step -> step(state.plan().id(), step)));
    state.closed().ifPresent(closed -> json.put("closed", DecisionWriter.write(closed)));
    return json.build();
  }

  private static PlanState plan(JsonObject json) {
    return new PlanState(
        DecisionReader.plan(DecisionReader.object(json, "plan")),
        read(json, "steps", StateCodec::step),
        json.object("closed").map(of -> read(Decision.PlanClosed.class, "plan-closed", of)));
  }

  private static JsonObject step(String plan, PlanState.StepState step) {
    JsonObjectBuilder json =
        Json.object()
            .put("step", step.step())
            .put("effect", step.effect().name().toLowerCase(Locale.ROOT));
    step.outcome()
        .ifPresent(
            outcome ->
                json.put(
                    "ended",
                    DecisionWriter.write(
                        new Decision.StepEnded(plan, step.step(), outcome, Optional.empty()))));
    step.waited().ifPresent(waited -> json.put("waited", DecisionWriter.write(waited)));
    return json.build();
  }

  private static PlanState.StepState step(JsonObject json) {
    return new PlanState.StepState(
        (int) DecisionReader.whole(json, "step"),
        DecisionReader.effect(json),
        json.object("ended").map(DecisionReader::outcome),
        json.object("waited").map(of -> read(Decision.StepWaited.class, "waited", of)));
  }

  private static JsonObject saved(DecisionState.Saved saved) {
    return Json.object()
        .put("plan", saved.plan())
        .put("rate", DecisionWriter.cost(saved.rate()))
        .put("at_nanos", saved.atNanos())
        .build();
  }

  private static DecisionState.Saved saved(JsonObject json) {
    return new DecisionState.Saved(
        DecisionReader.text(json, "plan"),
        DecisionReader.cost(DecisionReader.object(json, "rate")),
        DecisionReader.whole(json, "at_nanos"));
  }

  static <T> JsonArray list(Collection<T> all, Function<? super T, JsonObject> write) {
    return Json.array(all.stream().map(write).toList());
  }

  static <T> List<T> read(JsonObject json, String name, Function<JsonObject, T> read) {
    List<T> all = new ArrayList<>();
    for (JsonValue value : DecisionReader.array(json, name).elements()) {
      all.add(read.apply((JsonObject) value));
    }
    return all;
  }

  /** A decision that the state holds as it was made. */
  static <T extends Decision> T read(Class<T> kind, String type, JsonObject json) {
    return kind.cast(DecisionReader.read(type, json));
  }

  static void requireOnly(JsonObject json, Set<String> known) {
    for (String name : json.members().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("it has '" + name + "', which is not known");
      }
    }
  }
}
