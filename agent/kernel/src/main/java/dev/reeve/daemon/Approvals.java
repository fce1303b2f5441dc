package dev.reeve.daemon;

import dev.reeve.control.Caller;
import dev.reeve.control.Control.RefusedException;
import dev.reeve.decision.Batches;
import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.DecisionState;
import dev.reeve.guard.Approving;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.GuardPolicy;
import dev.reeve.guard.Question;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Proposal;
import dev.reeve.model.Plan;
import dev.reeve.time.Ticker;
import java.util.List;
import java.util.Optional;

/** What people answer to a plan or a batch. Threads: any. */
final class Approvals {
  private final ControlLoop loop;
  private final DecisionLog log;
  private final GuardChain guards;
  private final Ticker evidence;

  Approvals(ControlLoop loop, DecisionLog log, GuardChain guards, Ticker evidence) {
    this.loop = loop;
    this.log = log;
    this.guards = guards;
    this.evidence = evidence;
  }

  /** What operators wrote. */
  GuardPolicy policy() {
    return guards.settings().policy();
  }

  /** Only what was shown is approved; the guard judges all of it now and once more. */
  JsonObjectBuilder approve(JsonObject arguments, Caller caller) throws RefusedException {
    Optional<Batches.Kind> batch = batch(arguments);
    return batch.isPresent()
        ? confirm(batch.get(), arguments, caller)
        : approvePlan(arguments, caller);
  }

  private JsonObjectBuilder approvePlan(JsonObject arguments, Caller caller)
      throws RefusedException {
    Plan plan = proposed(arguments).plan().orElseThrow(Approvals::nothingPlanned);
    String shown = Consents.shown(plan);
    if (!arguments.text("shown").equals(Optional.of(shown))) {
      throw new RefusedException(
          "plan " + plan.id() + " is not the one that was shown: look at it again, and approve it");
    }
    Situation situation =
        loop.newest()
            .flatMap(cycle -> Optional.ofNullable(cycle.situations().get(plan.episode())))
            .orElseThrow(Approvals::nothingPlanned);
    Approving approving = policy().approving();
    Optional<String> not = approving.objection(caller.user(), plan, situation.rule());
    if (not.isPresent()) {
      throw new RefusedException(not.get());
    }
    Optional<Verdict> objection =
        log.locked(state -> guards.beyondApproval(question(plan, situation, state)));
    if (objection.isPresent() && objection.get() instanceof Verdict.Deny deny) {
      throw new RefusedException(
          "it would not be done whoever approves it: " + deny.guard() + ": " + deny.reason());
    }
    long lasts = approving.lasts().toNanos();
    log.append(new Decision.Approved(plan.id(), shown, caller.toString(), lasts));
    int given = log.locked(state -> state.approvedBy(plan, evidence.nanos()).size());
    JsonObjectBuilder answer =
        Json.object()
            .put("plan", plan.id())
            .put("answer", "approved")
            .put("for_seconds", approving.lasts().toSeconds());
    if (given < approving.needed(plan)) {
      answer.put("waits_for", "a second person, who has to approve it too");
    } else {
      objection.ifPresent(hold -> answer.put("waits_for", hold.guard() + ": " + hold.reason()));
    }
    return answer;
  }

  private Question question(Plan plan, Situation situation, DecisionState state) {
    return new Question(
        plan,
        plan.steps().getFirst(),
        situation,
        false,
        Optional.empty(),
        state,
        List.of(),
        evidence.nanos());
  }

  private static Optional<Batches.Kind> batch(JsonObject arguments) {
    return arguments
        .text("plan")
        .flatMap(
            name ->
                List.of(Batches.Kind.values()).stream()
                    .filter(kind -> kind.text().equals(name))
                    .findFirst());
  }

  /** Exactly those that were shown go on: what came since has to be looked at too. */
  private JsonObjectBuilder confirm(Batches.Kind kind, JsonObject arguments, Caller caller)
      throws RefusedException {
    List<String> waiting = log.locked(state -> state.waiting(kind));
    if (waiting.isEmpty()) {
      throw new RefusedException("nothing of the batch '" + kind.text() + "' waits for an answer");
    }
    if (!arguments.text("shown").equals(Optional.of(Batches.shown(kind, waiting)))) {
      throw new RefusedException(
          "the batch '" + kind.text() + "' is not the one that was shown: look at it again");
    }
    log.append(new Decision.BatchConfirmed(kind, waiting, caller.toString()));
    return Json.object()
        .put("plan", kind.text())
        .put("answer", "approved")
        .put("episodes", Json.texts(waiting));
  }

  JsonObjectBuilder deny(JsonObject arguments, Caller caller) throws RefusedException {
    String reason = arguments.text("reason").orElse("");
    if (reason.isBlank()) {
      throw new RefusedException("denying needs a reason, for whoever wonders later");
    }
    Optional<Batches.Kind> batch = batch(arguments);
    List<String> episodes =
        batch.isPresent()
            ? log.locked(state -> state.waiting(batch.get()))
            : List.of(proposed(arguments).episode());
    if (episodes.isEmpty()) {
      throw new RefusedException("nothing of that batch waits for an answer");
    }
    for (String episode : episodes) {
      log.append(new Decision.Refused(episode, caller.toString(), reason));
    }
    return Json.object()
        .put("plan", arguments.text("plan").orElse(episodes.getFirst()))
        .put("answer", "denied");
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
}
