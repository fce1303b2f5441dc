package dev.reeve.telemetry;

import java.util.List;

/**
 * Every metric: its name, unit, kind, labels and help. The reference page is generated from this.
 *
 * <p>Names and units are OpenTelemetry's; {@link MetricName} derives Prometheus' spelling from them
 * by the rule that both sides publish.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
enum Instrument {
  BUILD_INFO("reeve.build.info", "", Kind.INFO, "Version of the daemon.", "version"),
  MODE(
      "reeve.mode",
      "",
      Kind.GAUGE,
      "1 for the mode that is in force, 0 for the others.",
      Labels.MODE),
  PAUSED("reeve.paused", "", Kind.GAUGE, "1 while an operator holds all harming steps, else 0."),

  COLLECTOR_RUNS(
      "reeve.collector.runs",
      "{run}",
      Kind.COUNTER,
      "Times that a collector was asked; outcome is ok or why it gave nothing.",
      Labels.COLLECTOR,
      Labels.OUTCOME),
  COLLECTOR_RUN_DURATION(
      "reeve.collector.run.duration",
      "s",
      Kind.HISTOGRAM,
      "How long a collector took to answer or to fail.",
      Labels.COLLECTOR),
  COLLECTOR_LAST_SUCCESS(
      "reeve.collector.last_success.timestamp",
      "s",
      Kind.GAUGE,
      "Unix time of a collector's newest usable answer.",
      Labels.COLLECTOR),
  SAMPLES_DROPPED(
      "reeve.samples.dropped",
      "{sample}",
      Kind.COUNTER,
      "Samples that were not trusted.",
      Labels.COLLECTOR,
      Labels.REASON),

  CYCLE_DURATION(
      "reeve.cycle.duration",
      "s",
      Kind.HISTOGRAM,
      "How long one pass from what was seen to what is due took."),
  SUBJECTS(
      "reeve.subjects",
      "{subject}",
      Kind.GAUGE,
      "Subjects on the board; a subject is known when all that the rules ask of it is known.",
      Labels.KIND,
      Labels.STATE),
  FINDINGS_OPEN(
      "reeve.findings.open", "{finding}", Kind.GAUGE, "Findings of the last cycle.", Labels.RULE),
  EPISODES(
      "reeve.episodes",
      "{episode}",
      Kind.GAUGE,
      "Episodes by state: all that are open, and the newest 1000 that are over.",
      Labels.STATE),
  WASTE(
      "reeve.waste.money",
      "{money}/h",
      Kind.GAUGE,
      "What the open findings waste in an hour, where the price is known.",
      Labels.CURRENCY),
  SAVING(
      "reeve.saving.money",
      "{money}/h",
      Kind.GAUGE,
      "What verified steps save in an hour, until their horizon ends.",
      Labels.CURRENCY),
  SAVED("reeve.saved.money", "{money}", Kind.COUNTER, "Money saved so far.", Labels.CURRENCY),

  VERDICTS(
      "reeve.verdicts",
      "{verdict}",
      Kind.COUNTER,
      "Verdicts of the guard, by the guard that decided.",
      Labels.GUARD,
      Labels.VERDICT),
  STEPS("reeve.steps", "{step}", Kind.COUNTER, "Steps called.", Labels.ACTION, Labels.OUTCOME),
  NOTICES(
      "reeve.notices",
      "{notice}",
      Kind.COUNTER,
      "Notices sent; only what was acknowledged is delivered.",
      Labels.CHANNEL,
      Labels.DELIVERY),

  JOURNAL_APPENDS("reeve.journal.appends", "{record}", Kind.COUNTER, "Records made durable."),
  JOURNAL_FSYNC_DURATION(
      "reeve.journal.fsync.duration",
      "s",
      Kind.HISTOGRAM,
      "How long it took until records were durable."),

  HISTORY_SIZE(
      "reeve.history.size", "By", Kind.GAUGE, "What the kept history takes on disk; 0 if none is."),

  RULE_SET_INFO("reeve.rule_set.info", "", Kind.INFO, "The rule set that judges.", Labels.RULE_SET),
  RULE_SET_RULES("reeve.rule_set.rules", "{rule}", Kind.GAUGE, "Rules of the set that judges."),
  RULE_SET_LAST_GOOD(
      "reeve.rule_set.last_good",
      "",
      Kind.GAUGE,
      "1 while a newer set did not load and the last good one judges, else 0."),
  RULE_TESTS_PASSED(
      "reeve.rule_tests.passed",
      "{test}",
      Kind.GAUGE,
      "Tests beside the rules that held when the newest set was made."),
  RULE_TESTS_FAILED(
      "reeve.rule_tests.failed",
      "{test}",
      Kind.GAUGE,
      "Tests beside the rules that failed then, by a rule that they are about.",
      Labels.RULE),
  RELOADS(
      "reeve.reloads",
      "{reload}",
      Kind.COUNTER,
      "Times that rules and configuration were taken up while it ran; outcome is ok or refused.",
      Labels.OUTCOME),

  GPU_UTILIZATION(
      "hw.gpu.utilization",
      "1",
      Kind.GAUGE,
      "Share of the sample period with at least one kernel resident.",
      Labels.HW_ID,
      Labels.HW_MODEL),
  GPU_MEMORY_USAGE(
      "hw.gpu.memory.usage",
      "By",
      Kind.UP_DOWN_COUNTER,
      "Device memory reserved.",
      Labels.HW_ID,
      Labels.HW_MODEL),
  GPU_MEMORY_LIMIT(
      "hw.gpu.memory.limit",
      "By",
      Kind.UP_DOWN_COUNTER,
      "Device memory.",
      Labels.HW_ID,
      Labels.HW_MODEL),
  GPU_POWER(
      "hw.power",
      "W",
      Kind.GAUGE,
      "Power drawn by the board.",
      Labels.HW_ID,
      Labels.HW_MODEL,
      Labels.HW_TYPE),
  GPU_ENERGY(
      "hw.energy",
      "J",
      Kind.OBSERVED_COUNTER,
      "Energy used since the driver was loaded.",
      Labels.HW_ID,
      Labels.HW_MODEL,
      Labels.HW_TYPE),
  GPU_TEMPERATURE(
      "hw.temperature",
      "Cel",
      Kind.GAUGE,
      "Temperature of the GPU.",
      Labels.HW_ID,
      Labels.HW_MODEL,
      Labels.HW_TYPE);

  /** How a number behaves. */
  enum Kind {
    /** Only rises, by what is added. */
    COUNTER("counter"),
    /** Only rises, as read elsewhere. */
    OBSERVED_COUNTER("counter"),
    /** The value of now. */
    GAUGE("gauge"),
    /** The value of now, of which sums make sense. */
    UP_DOWN_COUNTER("gauge"),
    HISTOGRAM("histogram"),
    /** Always 1; the labels are what it says. */
    INFO("info");

    private final String prometheus;

    Kind(String prometheus) {
      this.prometheus = prometheus;
    }

    /** What Prometheus calls it. */
    String prometheus() {
      return prometheus;
    }
  }

  private final String text;
  private final String unit;
  private final Kind kind;
  private final String help;
  private final List<String> labels;

  Instrument(String text, String unit, Kind kind, String help, String... labels) {
    this.text = text;
    this.unit = unit;
    this.kind = kind;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** OpenTelemetry's name. */
  String text() {
    return text;
  }

  /** In UCUM; empty where there is none. */
  String unit() {
    return unit;
  }

  Kind kind() {
    return kind;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }

  /** Prometheus' name. */
  String prometheus() {
    return MetricName.of(text, unit, kind);
  }
}
