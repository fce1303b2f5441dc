package dev.reeve.replay;

import dev.reeve.guard.Permit;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Ends workloads in the replay alone. A remedy after which the recording would have gone on
 * otherwise is impossible here: what would have come of it is not known.
 *
 * @param shown the workload as the newest judgement saw it
 */
record WouldAct(
    String platform, Function<SubjectId, Optional<WorkloadSighting>> shown, Withheld withheld)
    implements Action {

  @Override
  public Offer offers(Remedy remedy, WorkloadSighting target) {
    return switch (remedy) {
      case Remedy.Terminate _ -> new Offer.Possible(true);
      // a process that is stopped keeps its GPU
      case Remedy.Suspend _ -> new Offer.Possible(!platform.equals("node"));
      case Remedy.Notify _, Remedy.Downsize _, Remedy.Migrate _, Remedy.Drain _ ->
          new Offer.Impossible(
              "a replay cannot tell what would have come of it to " + remedy.verb() + " it");
    };
  }

  @Override
  public Target read(WorkloadId workload, Incarnation judged) {
    return shown
        .apply(SubjectId.workload(workload, judged))
        .<Target>map(now -> new Target.Present(now, new TreeSet<>()))
        .orElse(new Target.Gone());
  }

  @Override
  public List<Step> steps(Plan plan) {
    return List.of(
        new Step(
            1,
            plan.remedy().verb(),
            Step.Effect.HARMING,
            "it is gone",
            Duration.ofSeconds(1),
            true,
            false,
            new TreeMap<>(),
            Optional.empty()));
  }

  @Override
  public List<String> preview(Plan plan) {
    return List.of("would " + plan.remedy().verb() + " " + plan.workload().display());
  }

  @Override
  public Outcome execute(Plan plan, Step step, Permit permit) {
    try {
      permit.spend(plan, step);
    } catch (Permit.NotCovered refused) {
      return new Outcome.Refused(String.valueOf(refused.getMessage()));
    }
    withheld.stop(plan);
    return new Outcome.Done("would have been made");
  }

  @Override
  public Progress progress(Plan plan, Step step) {
    return withheld.stopped(plan.target().subject())
        ? new Progress.Reached("gone")
        : new Progress.NotYet("still there");
  }
}
