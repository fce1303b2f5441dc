package dev.reeve.daemon;

import dev.reeve.control.Caller;
import dev.reeve.control.Control;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.KillSwitch;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the daemon does when an operator asks on the control socket. */
final class Operator implements Control {
  private final StatusView view;
  private final ControlLoop loop;
  private final DecisionLog log;
  private final KillSwitch killSwitch;
  private final Reloading reloads;
  private final Approvals approvals;
  private final Requests requests;

  Operator(
      StatusView view,
      ControlLoop loop,
      DecisionLog log,
      KillSwitch killSwitch,
      Reloading reloads,
      Approvals approvals) {
    this.view = view;
    this.loop = loop;
    this.log = log;
    this.killSwitch = killSwitch;
    this.reloads = reloads;
    this.approvals = approvals;
    this.requests = new Requests(loop, log, approvals);
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
      case APPROVE -> answered(approvals.approve(arguments, caller));
      case DENY -> answered(approvals.deny(arguments, caller));
      case SNOOZE -> answered(requests.snooze(arguments, caller));
      case UNMUTE -> answered(requests.unmute(arguments, caller));
      case UNDO ->
          throw new RefusedException(
              "this release undoes nothing; 'reeve plan' says what was done and how it ended");
    };
  }

  private JsonValue answered(JsonObjectBuilder answer) {
    JsonObjectBuilder envelope = view.envelope();
    answer.build().members().forEach(envelope::put);
    return envelope.build();
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
