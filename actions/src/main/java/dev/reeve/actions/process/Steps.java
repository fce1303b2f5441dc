package dev.reeve.actions.process;

import dev.reeve.model.Checkpoint;
import dev.reeve.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The steps that end or suspend a workload. */
final class Steps {
  /** Inverses are numbered behind all steps. */
  private static final int INVERSE = 100;

  private static final String NONE_LEFT = "no process of it is left";

  private final ProcessSettings settings;

  Steps(ProcessSettings settings) {
    this.settings = settings;
  }

  List<Step> suspend() {
    Step resume = step(INVERSE + 1, "sigcont", "every process runs again", settings.killWait());
    Step stop = step(1, "sigstop", "every process is stopped", settings.killWait());
    return List.of(undoneBy(stop, resume));
  }

  /**
   * Ends a workload.
   *
   * @param unit the unit that it is; empty for processes
   */
  List<Step> terminate(Optional<Checkpoint> checkpoint, Optional<Systemctl.Unit> unit) {
    List<Step> steps = new ArrayList<>();
    checkpoint.ifPresent(contract -> steps.add(ask(contract)));
    int next = steps.size() + 1;
    if (unit.isPresent()) {
      steps.add(stopUnit(next, unit.get()));
    } else {
      steps.add(step(next, "sigterm", NONE_LEFT, settings.grace()));
      steps.add(step(next + 1, "sigkill", NONE_LEFT, settings.killWait()));
    }
    return steps;
  }

  private Step stopUnit(int number, Systemctl.Unit unit) {
    Map<String, String> named = Map.of("unit", unit.name(), "manager", unit.manager());
    Step stop = step(number, "stop_unit", NONE_LEFT, settings.unitStop());
    Step start =
        step(INVERSE + number, "start_unit", unit.name() + " is active", settings.unitStop());
    return undoneBy(with(stop, named), with(start, named));
  }

  private static Step ask(Checkpoint contract) {
    Step step =
        step(
            1,
            "checkpoint",
            contract.acknowledgement() + " is newer than the signal",
            contract.deadline());
    Map<String, String> arguments =
        Map.of(
            "signal", contract.signal(),
            "acknowledgement", contract.acknowledgement().toString());
    return new Step(
        1,
        step.name(),
        step.effect(),
        step.goal(),
        step.deadline(),
        false,
        false,
        new TreeMap<>(arguments),
        Optional.empty());
  }

  private static Step step(int number, String name, String goal, Duration deadline) {
    return new Step(
        number,
        name,
        number > INVERSE ? Step.Effect.RESTORING : Step.Effect.HARMING,
        goal,
        deadline,
        true,
        false,
        new TreeMap<>(),
        Optional.empty());
  }

  private static Step with(Step step, Map<String, String> arguments) {
    return new Step(
        step.number(),
        step.name(),
        step.effect(),
        step.goal(),
        step.deadline(),
        step.readable(),
        step.continueWhenUnknown(),
        new TreeMap<>(arguments),
        step.inverse());
  }

  private static Step undoneBy(Step step, Step inverse) {
    return new Step(
        step.number(),
        step.name(),
        step.effect(),
        step.goal(),
        step.deadline(),
        step.readable(),
        step.continueWhenUnknown(),
        step.arguments(),
        Optional.of(inverse));
  }
}
