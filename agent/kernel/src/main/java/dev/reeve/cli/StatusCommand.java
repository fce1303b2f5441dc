package dev.reeve.cli;

import dev.reeve.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the daemon sees. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what the daemon sees: GPUs, whose they are, what they cost and waste.")
final class StatusCommand implements Callable<Integer> {
  /** GPUs, one a row. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "index",
          "node",
          "model",
          "state",
          "utilization",
          "engine_active",
          "memory_used_bytes",
          "memory_bytes",
          "power_watts",
          "temperature_celsius",
          "holders",
          "cost.amount",
          "cost.currency",
          "cost.unknown",
          "note");

  static final Output.Shape SHAPE =
      new Output.Shape(StatusCommand::text, COLUMNS, status -> Answers.list(status, "gpus"));

  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    asking.print(asking.ask("status"), SHAPE);
    return 0;
  }

  static String text(JsonObject status) {
    StringBuilder out = new StringBuilder();
    out.append("mode ").append(Answers.text(status, "mode"));
    status
        .object("paused")
        .ifPresent(
            paused ->
                out.append(", PAUSED by ")
                    .append(Text.cell(Answers.text(paused, "by")))
                    .append(": ")
                    .append(Text.cell(Answers.text(paused, "reason"))));
    status
        .text("observe_only")
        .ifPresent(why -> out.append(", observes only: ").append(Text.cell(why)));
    out.append('\n');
    status.object("rules").ifPresent(rules -> out.append(rules(rules)));
    status
        .object("money")
        .ifPresent(
            money ->
                out.append("costing ")
                    .append(Answers.moneys(money, "costing"))
                    .append(", wasting ")
                    .append(Answers.moneys(money, "wasting"))
                    .append(", saved ")
                    .append(Answers.moneys(money, "saved"))
                    .append('\n'));
    return out.append('\n').append(gpus(status)).append('\n').append(sources(status)).toString();
  }

  private static String rules(JsonObject rules) {
    StringBuilder out = new StringBuilder("rules ");
    out.append(rules.whole("count").orElse(0)).append(", set ");
    out.append(Text.cell(Answers.text(rules, "hash"))).append('\n');
    rules
        .text("compiler")
        .ifPresent(how -> out.append("rule compiler ").append(Text.cell(how)).append('\n'));
    if (rules.bool("last_good").orElse(false)) {
      out.append("ATTENTION: ")
          .append(Text.cell(Answers.text(rules, "standing")))
          .append(": 'reeve reload' says why\n");
    }
    out.append(Answers.tests(rules));
    out.append(Answers.limits(rules));
    return out.toString();
  }

  static String gpus(JsonObject status) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonObject gpu : Answers.list(status, "gpus")) {
      rows.add(
          List.of(
              Answers.text(gpu, "index"),
              Answers.text(gpu, "id"),
              Answers.text(gpu, "model"),
              Answers.text(gpu, "state"),
              Answers.percent(gpu, "engine_active"),
              Answers.percent(gpu, "utilization"),
              Answers.gibibytes(gpu, "memory_used_bytes"),
              Answers.number(gpu, "power_watts", " W"),
              gpu.array("holders").isPresent()
                  ? Answers.texts(gpu, "holders")
                  : "unknown: " + Answers.text(gpu, "note"),
              Answers.money(gpu, "cost")));
    }
    return rows.isEmpty()
        ? "no GPU is seen\n"
        : Text.table(
            List.of(
                "GPU", "ID", "MODEL", "STATE", "ENGINE", "UTIL", "MEMORY", "POWER", "HELD BY",
                "COST"),
            rows);
  }

  private static String sources(JsonObject status) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonObject source : Answers.list(status, "collectors")) {
      rows.add(
          List.of(
              Answers.text(source, "name"),
              source.bool("ok").orElse(false) ? "ok" : Answers.text(source, "problem"),
              Answers.text(source, "last_success")));
    }
    return rows.isEmpty()
        ? "no source is read\n"
        : Text.table(List.of("SOURCE", "STATE", "LAST GOOD"), rows);
  }
}
