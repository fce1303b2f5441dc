package dev.reeve.daemon;

import dev.reeve.control.Caller;
import dev.reeve.control.Control.RefusedException;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.Snoozing;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.model.Episode;
import dev.reeve.model.Spans;
import java.time.Duration;
import java.util.List;

/** What people ask for beside an answer: time, and that a rule acts again. Threads: any. */
final class Requests {
  private final ControlLoop loop;
  private final DecisionLog log;
  private final Approvals approvals;

  Requests(ControlLoop loop, DecisionLog log, Approvals approvals) {
    this.loop = loop;
    this.log = log;
    this.approvals = approvals;
  }

  /** Holds an episode back for a time, as often and as long as the configuration says. */
  JsonObjectBuilder snooze(JsonObject arguments, Caller caller) throws RefusedException {
    Episode episode = episode(arguments);
    Snoozing most = approvals.policy().snoozing();
    long seconds = arguments.whole("seconds").orElse(0);
    if (seconds < 1 || seconds > most.longest().toSeconds()) {
      throw new RefusedException(
          "it may be snoozed for up to "
              + Spans.text(most.longest())
              + " at a time (guard.snooze.longest)");
    }
    int times = log.locked(state -> state.snoozes().times(episode.id()));
    if (times >= most.times()) {
      throw new RefusedException(
          "it was snoozed "
              + times
              + " times, which is all that guard.snooze.times allows; 'reeve deny' holds it back"
              + " for good");
    }
    Decision.Snoozed asked =
        new Decision.Snoozed(
            episode.id(),
            caller.toString(),
            arguments.text("reason").orElse(""),
            Duration.ofSeconds(seconds).toNanos());
    if (!loop.snooze(asked)) {
      throw new RefusedException(
          "it cannot be snoozed while it is "
              + episode.state().text()
              + ": 'reeve plan' says more");
    }
    return Json.object()
        .put("plan", episode.id())
        .put("answer", "snoozed")
        .put("for_seconds", seconds)
        .put("times_left", most.times() - times - 1);
  }

  private Episode episode(JsonObject arguments) throws RefusedException {
    String id =
        arguments.text("plan").orElseThrow(() -> new RefusedException("say which plan is meant"));
    List<Episode> open = loop.newest().map(Cycle::episodes).orElse(List.of());
    for (Episode episode : open) {
      if (id.equals(episode.id()) || id.startsWith(episode.id() + "-")) {
        return episode;
      }
    }
    throw new RefusedException(
        "no plan or episode '"
            + id
            + "' is open; "
            + (open.isEmpty()
                ? "none is"
                : "open are " + String.join(", ", open.stream().map(Episode::id).toList())));
  }

  JsonObjectBuilder unmute(JsonObject arguments, Caller caller) throws RefusedException {
    String rule =
        arguments.text("rule").orElseThrow(() -> new RefusedException("say which rule is meant"));
    int without = log.locked(state -> state.helps().without(rule));
    if (without < approvals.policy().muteAfter()) {
      throw new RefusedException(
          "rule '" + rule + "' is not muted; 'reeve status' shows those that are");
    }
    log.append(new Decision.Unmuted(rule, caller.toString()));
    return Json.object().put("rule", rule).put("answer", "unmuted");
  }
}
