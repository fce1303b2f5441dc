package dev.reeve.daemon;

import dev.reeve.decision.Batches;
import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionState;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.Situation;
import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Proposal;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Rung;
import dev.reeve.model.Subject;
import dev.reeve.time.Clocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What would be done, when and why not yet, and what was done. */
final class PlanView {
  private final ControlLoop loop;
  private final DecisionLog log;
  private final Clocks clocks;

  PlanView(ControlLoop loop, DecisionLog log, Clocks clocks) {
    this.loop = loop;
    this.log = log;
    this.clocks = clocks;
  }

  JsonValue plans(JsonObjectBuilder envelope) {
    List<JsonValue> all = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (PlanState state : log.locked(decided -> decided.plans())) {
      shown.add(state.plan().episode());
      all.add(carriedOut(state));
    }
    loop.newest()
        .ifPresent(
            cycle -> {
              for (Proposal proposal : cycle.proposals()) {
                if (shown.add(proposal.episode())) {
                  all.add(proposed(cycle, proposal));
                }
              }
              for (Situation situation : cycle.situations().values()) {
                next(situation)
                    .filter(_ -> shown.add(situation.episode().id()))
                    .ifPresent(rung -> all.add(upcoming(situation, rung)));
              }
            });
    return envelope.put("plans", Json.array(all)).put("batches", batches()).build();
  }

  /** What waits for somebody to look at it as a whole. */
  private JsonArray batches() {
    return log.locked(
        state ->
            Json.array(
                Arrays.stream(Batches.Kind.values())
                    .filter(kind -> !state.waiting(kind).isEmpty())
                    .map(kind -> batch(kind, state))
                    .toList()));
  }

  private static JsonValue batch(Batches.Kind kind, DecisionState state) {
    List<String> waiting = state.waiting(kind);
    return Json.object()
        .put("name", kind.text())
        .put("shown", Batches.shown(kind, waiting))
        .put(
            "episodes",
            Json.array(
                waiting.stream()
                    .flatMap(id -> state.episode(id).stream())
                    .map(PlanView::ofBatch)
                    .toList()))
        .build();
  }

  private static JsonValue ofBatch(Episode episode) {
    return Json.object()
        .put("episode", episode.id())
        .put("rule", episode.rule())
        .put("subject", Shapes.name(episode.subject()))
        .put("workload", Shapes.workload(episode.workload()))
        .put("state", episode.state().text())
        .build();
  }

  private static JsonValue carriedOut(PlanState state) {
    JsonObjectBuilder json =
        Json.object()
            .put("id", state.plan().id())
            .put("episode", state.plan().episode())
            .put("rule", state.plan().rule())
            .put("workload", state.plan().workload().display())
            .put("remedy", state.plan().remedy().verb())
            .put("in_seconds", 0)
            .put("saves", Shapes.cost(state.plan().saves()))
            .put("verdict", "go")
            .put("guard", "all")
            .put("preview", Json.texts(state.plan().preview()))
            .put(
                "steps",
                Json.array(state.steps().stream().map(step -> step(state, step)).toList()));
    json.put(
        "reason",
        state.closed().map(Decision.PlanClosed::detail).orElse("it is being carried out"));
    state
        .closed()
        .ifPresent(closed -> json.put("result", closed.result().name().toLowerCase(Locale.ROOT)));
    return json.build();
  }

  private static JsonValue step(PlanState state, PlanState.StepState step) {
    boolean inverse = step.step() > state.plan().steps().size();
    JsonObjectBuilder json =
        Json.object()
            .put("step", step.step())
            .put("name", inverse ? "give back" : state.plan().steps().get(step.step() - 1).name());
    step.outcome()
        .ifPresent(outcome -> json.put("outcome", outcome.word()).put("detail", outcome.detail()));
    step.waited().ifPresent(waited -> json.put("reached", waited.reached()));
    return json.build();
  }

  private static JsonValue proposed(Cycle cycle, Proposal proposal) {
    Situation situation = cycle.situations().get(proposal.episode());
    JsonObjectBuilder json =
        Json.object()
            .put("id", proposal.plan().map(plan -> plan.id()).orElse(proposal.episode()))
            .put("episode", proposal.episode())
            .put("rule", situation == null ? "" : situation.rule().id())
            .put(
                "workload",
                situation == null ? "" : Shapes.workload(situation.episode().workload()))
            .put("remedy", proposal.plan().map(plan -> plan.remedy().verb()).orElse("none"))
            .put("in_seconds", 0)
            .put("verdict", proposal.verdict().map(verdict -> verdict.word()).orElse("hold"))
            .put("guard", proposal.verdict().map(verdict -> verdict.guard()).orElse("planner"))
            .put(
                "reason",
                proposal.verdict().map(verdict -> verdict.reason()).orElse(proposal.reason()));
    proposal
        .plan()
        .ifPresent(
            plan ->
                json.put("shown", Consents.shown(plan))
                    .put("saves", Shapes.cost(plan.saves()))
                    .put("preview", Json.texts(plan.preview())));
    return json.build();
  }

  /** The next rung that acts on this workload. */
  static Optional<Rung> next(Situation situation) {
    EpisodeState state = situation.episode().state();
    boolean acts =
        situation
            .workload()
            .map(Subject.Workload::sighting)
            .map(sighting -> situation.rule().actsOn().contains(sighting.kind()))
            .orElse(false);
    return situation.rule().ladder().stream()
        .filter(rung -> rung.remedy().acts() && acts && state.judged())
        .findFirst();
  }

  /** Evidence time until a rung could act: by the ladder, and by the notice that must be given. */
  static Duration until(Situation situation, Rung rung, long now) {
    Duration ladder =
        rung.after().minus(Duration.ofNanos(now - situation.episode().evidenceSinceNanos()));
    Duration notice =
        situation
            .episode()
            .noticeNeeded(situation.rule())
            .minus(Duration.ofNanos(situation.episode().noticeNanos()));
    Duration left = ladder.compareTo(notice) > 0 ? ladder : notice;
    return left.isNegative() ? Duration.ZERO : left;
  }

  private JsonValue upcoming(Situation situation, Rung rung) {
    String note = situation.episode().note();
    return Json.object()
        .put("id", situation.episode().id() + "-" + rung.remedy().verb())
        .put("episode", situation.episode().id())
        .put("rule", situation.rule().id())
        .put("workload", Shapes.workload(situation.episode().workload()))
        .put("remedy", rung.remedy().verb())
        .put("in_seconds", Shapes.seconds(until(situation, rung, clocks.evidence().nanos())))
        .put("saves", Shapes.cost(situation.finding().orElseThrow().waste()))
        .put("verdict", "hold")
        .put("guard", "ladder")
        .put("reason", note.isEmpty() ? "its time has not come" : note)
        .put("preview", Json.array())
        .build();
  }
}
