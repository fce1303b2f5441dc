package dev.reeve.model;

/** What is known of a subject without a window. Each is a number, known or not. */
public enum Attribute {
  RUN_STEP("run.step", SubjectKind.RUN, Unit.COUNT, WitnessGroup.RUN, "last step reported"),
  RUN_LAST_LOSS("run.last_loss", SubjectKind.RUN, Unit.COUNT, WitnessGroup.RUN, "last finite loss"),
  RUN_BEST_LOSS("run.best_loss", SubjectKind.RUN, Unit.COUNT, WitnessGroup.RUN, "least loss"),
  RUN_NOT_FINITE(
      "run.not_finite",
      SubjectKind.RUN,
      Unit.COUNT,
      WitnessGroup.RUN,
      "reports in a row, up to the newest, whose loss was not finite"),
  RUN_SIBLINGS(
      "run.siblings",
      SubjectKind.RUN,
      Unit.COUNT,
      WitnessGroup.NONE,
      "other runs of the same workload that have not said that they ended; unknown until it has"
          + " been listened to for max(5m, 10 report intervals)"),
  RUN_PROGRESS(
      "run.progress",
      SubjectKind.RUN,
      Unit.RATIO,
      WitnessGroup.RUN,
      "share of the steps that it says it will take; unknown without that number, past it, and once"
          + " it shrank"),
  RUN_AGE(
      "run.age", SubjectKind.RUN, Unit.SECONDS, WitnessGroup.RUN, "time since the newest report"),
  RUN_STALLED(
      "run.stalled",
      SubjectKind.RUN,
      Unit.SECONDS,
      WitnessGroup.RUN,
      "how long its step has not risen, while it has not said that it ended"),
  RUN_USUAL_PAUSE(
      "run.usual_pause",
      SubjectKind.RUN,
      Unit.SECONDS,
      WitnessGroup.RUN,
      "median of the last 15 times between two rises of its step"),
  RUN_LONGEST_PAUSE(
      "run.longest_pause",
      SubjectKind.RUN,
      Unit.SECONDS,
      WitnessGroup.RUN,
      "longest time between two rises of its step so far"),
  GPU_UNHELD(
      "gpu.unheld",
      SubjectKind.GPU,
      Unit.SECONDS,
      WitnessGroup.NONE,
      "how long a lookup that proves itself has found no holder"),
  GPU_SICK(
      "gpu.sick",
      SubjectKind.GPU,
      Unit.COUNT,
      WitnessGroup.NONE,
      "1 if a sign of sickness was seen on it within a day, else 0: silence is no sign"),
  WORKLOAD_GPUS(
      "workload.gpus", SubjectKind.WORKLOAD, Unit.COUNT, WitnessGroup.NONE, "GPUs of its extent"),
  WORKLOAD_SHARED_GPUS(
      "workload.shared_gpus",
      SubjectKind.WORKLOAD,
      Unit.COUNT,
      WitnessGroup.NONE,
      "GPUs of its extent that any source says another workload holds as well"),
  WORKLOAD_SICK_GPUS(
      "workload.sick_gpus",
      SubjectKind.WORKLOAD,
      Unit.COUNT,
      WitnessGroup.NONE,
      "GPUs of its extent with gpu.sick"),
  ENDPOINT_SLO(
      "endpoint.slo",
      SubjectKind.ENDPOINT,
      Unit.SECONDS,
      WitnessGroup.NONE,
      "what its owner declares that endpoint.ttft may be; unknown where it is not declared, or"
          + " twice and differently");

  private final String text;
  private final SubjectKind kind;
  private final Unit unit;
  private final WitnessGroup group;
  private final String meaning;

  Attribute(String text, SubjectKind kind, Unit unit, WitnessGroup group, String meaning) {
    this.text = text;
    this.kind = kind;
    this.unit = unit;
    this.group = group;
    this.meaning = meaning;
  }

  public String text() {
    return text;
  }

  public SubjectKind kind() {
    return kind;
  }

  public Unit unit() {
    return unit;
  }

  public WitnessGroup group() {
    return group;
  }

  public String meaning() {
    return meaning;
  }
}
