package dev.reeve.decision;

import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a plan came.
 *
 * @param plan with its target as our own last write left it
 * @param steps what happened to each step that has an intent, in their order
 */
public record PlanState(Plan plan, List<StepState> steps, Optional<Decision.PlanClosed> closed) {
  public PlanState {
    steps = List.copyOf(steps);
  }

  /**
   * One step that has an intent.
   *
   * @param outcome absent while it is not known whether the call was made
   * @param waited absent while its goal is waited for
   */
  public record StepState(
      int step,
      Step.Effect effect,
      Optional<Outcome> outcome,
      Optional<Decision.StepWaited> waited) {}

  public boolean open() {
    return closed.isEmpty();
  }

  public Optional<StepState> step(int number) {
    return steps.stream().filter(state -> state.step() == number).findFirst();
  }

  PlanState with(StepState changed) {
    List<StepState> all = new ArrayList<>(steps);
    all.removeIf(state -> state.step() == changed.step());
    all.add(changed);
    return new PlanState(plan, all, closed);
  }

  PlanState withPlan(Plan advanced) {
    return new PlanState(advanced, steps, closed);
  }

  PlanState closedBy(Decision.PlanClosed how) {
    return new PlanState(plan, steps, Optional.of(how));
  }
}
