package dev.reeve.guard;

import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A platform in memory: records what it was told, and answers as a test wants. */
public class FakeAction implements Action {
  /** What each call to execute was, in order. */
  public final List<String> calls = new ArrayList<>();

  public Target target;
  public Outcome outcome = new Outcome.Done("called");
  public boolean gone;
  public boolean goneAfterCall = true;
  public Runnable beforeAnswer = () -> {};

  public FakeAction(WorkloadSighting sighting) {
    this.target = new Target.Present(sighting, new TreeSet<>());
  }

  @Override
  public String platform() {
    return "node";
  }

  @Override
  public Offer offers(Remedy remedy, WorkloadSighting of) {
    return new Offer.Possible(remedy instanceof Remedy.Terminate);
  }

  @Override
  public Target read(WorkloadId workload, Incarnation judged) throws InterruptedException {
    return gone ? new Target.Gone() : target;
  }

  @Override
  public List<Step> steps(Plan plan) {
    return List.of(step(1, "sigterm"), step(2, "sigkill"));
  }

  private static Step step(int number, String name) {
    return new Step(
        number,
        name,
        Step.Effect.HARMING,
        "no process is left",
        Duration.ofSeconds(5),
        true,
        false,
        new TreeMap<>(),
        Optional.empty());
  }

  @Override
  public List<String> preview(Plan plan) {
    return List.of("SIGTERM", "SIGKILL");
  }

  @Override
  public Outcome execute(Plan plan, Step step, Permit permit) {
    try {
      permit.spend(plan, step);
    } catch (Permit.NotCovered refused) {
      return new Outcome.Refused(refused.getMessage());
    }
    calls.add(step.name());
    gone |= goneAfterCall;
    beforeAnswer.run();
    return outcome;
  }

  @Override
  public Progress progress(Plan plan, Step step) {
    return gone ? new Progress.Reached("gone") : new Progress.NotYet("still there");
  }
}
