package dev.reeve.daemon;

import dev.reeve.control.Caller;
import dev.reeve.control.Control;
import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.KillSwitch;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Proposal;
import dev.reeve.model.Plan;
import dev.reeve.model.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the daemon does when an operator asks on the control socket. */
final class Operator implements Control {
  /** Evidence clock: how long an approval can be used. */
  private static final Duration APPROVED = Duration.ofHours(1);

  private final StatusView view;
  private final ControlLoop loop;
  private final DecisionLog log;
  private final KillSwitch killSwitch;
  private final Reloading reloads;

  Operator(
      StatusView view,
      ControlLoop loop,
      DecisionLog log,
      KillSwitch killSwitch,
      Reloading reloads) {
    this.view = view;
    this.loop = loop;
    this.log = log;
    this.killSwitch = killSwitch;
    this.reloads = reloads;
  }

  @Override
  public JsonValue pause(Pause pause, Caller caller) {
    OptionalLong time =
        pause
            .duration()
            .map(given -> OptionalLong.of(given.toNanos()))
            .orElse(OptionalLong.empty());
    log.append(new Decision.Paused(caller.toString(), pause.reason(), pause.all(), time));
    return inForce();
  }

  @Override
  public JsonValue resume(Caller caller) {
    log.append(new Decision.Resumed(caller.toString()));
    return inForce();
  }

  @Override
  public JsonValue reload(Caller caller) {
    return reloads.reload(caller.toString());
  }

  private JsonValue inForce() {
    return log.locked(
        state ->
            Json.object()
                .put("paused", killSwitch.pressed(state).isPresent())
                .put("reason", killSwitch.pressed(state).orElse(""))
                .build());
  }

  @Override
  public JsonValue query(String name, JsonObject arguments) throws RefusedException {
    return switch (name) {
      case "status" -> view.status();
      case "findings" -> view.findings();
      case "plan" -> view.plans();
      case "episodes" -> view.episodes();
      case "explain" ->
          explain(
              arguments
                  .text("subject")
                  .orElseThrow(() -> new RefusedException("explain needs a subject")));
      default ->
          throw new RefusedException(
              "'" + name + "' is no question: status, findings, plan, episodes and explain are");
    };
  }

  @Override
  public JsonValue decide(Answer answer, JsonObject arguments, Caller caller)
      throws RefusedException {
    return switch (answer) {
      case APPROVE -> approve(arguments, caller);
      case DENY -> deny(arguments, caller);
      case SNOOZE, UNDO ->
          throw new RefusedException(
              "this release knows approve and deny; protection and pause hold a plan back");
    };
  }

  /** Only what was shown is approved; the guard judges all of it once more. */
  private JsonValue approve(JsonObject arguments, Caller caller) throws RefusedException {
    Plan plan = proposed(arguments).plan().orElseThrow(Operator::nothingPlanned);
    String shown = Consents.shown(plan);
    if (!arguments.text("shown").equals(Optional.of(shown))) {
      throw new RefusedException(
          "plan " + plan.id() + " is not the one that was shown: look at it again, and approve it");
    }
    log.append(new Decision.Approved(plan.id(), shown, caller.toString(), APPROVED.toNanos()));
    return view.envelope()
        .put("plan", plan.id())
        .put("answer", "approved")
        .put("for_seconds", APPROVED.toSeconds())
        .build();
  }

  private JsonValue deny(JsonObject arguments, Caller caller) throws RefusedException {
    String reason = arguments.text("reason").orElse("");
    if (reason.isBlank()) {
      throw new RefusedException("denying needs a reason, for whoever wonders later");
    }
    String episode = proposed(arguments).episode();
    log.append(new Decision.Refused(episode, caller.toString(), reason));
    return view.envelope()
        .put("plan", arguments.text("plan").orElse(episode))
        .put("answer", "denied")
        .build();
  }

  private Proposal proposed(JsonObject arguments) throws RefusedException {
    String id =
        arguments.text("plan").orElseThrow(() -> new RefusedException("say which plan is meant"));
    List<Proposal> due = loop.newest().map(Cycle::proposals).orElse(List.of());
    for (Proposal proposal : due) {
      if (proposal.episode().equals(id)
          || proposal.plan().map(plan -> plan.id().equals(id)).orElse(false)) {
        return proposal;
      }
    }
    List<String> ids =
        due.stream().flatMap(proposal -> proposal.plan().stream()).map(Plan::id).toList();
    throw new RefusedException(
        "no plan '"
            + id
            + "' waits for an answer; "
            + (ids.isEmpty() ? "none is due" : "due are " + String.join(", ", ids)));
  }

  private static RefusedException nothingPlanned() {
    return new RefusedException("nothing can be done about that: 'reeve plan' says why");
  }

  private JsonValue explain(String words) throws RefusedException {
    Cycle cycle = loop.newest().orElseThrow(() -> new RefusedException("nothing was judged yet"));
    List<Subject> found = new ArrayList<>();
    for (Subject subject : cycle.snapshot().subjects()) {
      if (Explained.called(subject.id(), words)) {
        found.add(subject);
      }
    }
    if (found.isEmpty()) {
      throw new RefusedException(
          "nothing that is seen now is called '" + words + "'; 'reeve status' lists what is");
    }
    return view.envelope()
        .put("subjects", Json.array(found.stream().map(one -> explain(cycle, one)).toList()))
        .build();
  }

  private JsonValue explain(Cycle cycle, Subject subject) {
    return Explained.of(cycle, subject, loop.explain(subject.id()));
  }
}
