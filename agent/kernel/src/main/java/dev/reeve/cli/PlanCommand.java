package dev.reeve.cli;

import dev.reeve.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the daemon would do, when, why, and what that saves. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Shows what would be done, when, why not yet, and what that saves.")
final class PlanCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      new Output.Shape(
          PlanCommand::text,
          List.of(
              "id",
              "episode",
              "rule",
              "workload",
              "remedy",
              "in_seconds",
              "saves.amount",
              "saves.currency",
              "saves.unknown",
              "verdict",
              "guard",
              "reason",
              "result",
              "preview"),
          plans -> Answers.list(plans, "plans"));

  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    asking.print(asking.ask("plan"), SHAPE);
    return 0;
  }

  static String text(JsonObject plans) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonObject plan : Answers.list(plans, "plans")) {
      rows.add(
          List.of(
              Answers.text(plan, "id"),
              Answers.text(plan, "workload"),
              Answers.text(plan, "remedy"),
              Answers.seconds(plan, "in_seconds"),
              Answers.money(plan, "saves"),
              plan.text("result").orElse(Answers.text(plan, "verdict")),
              Answers.text(plan, "guard") + ": " + Answers.text(plan, "reason")));
    }
    String table =
        rows.isEmpty()
            ? "nothing is planned\n"
            : Text.table(
                List.of("PLAN", "WORKLOAD", "REMEDY", "IN", "SAVES", "VERDICT", "WHY"), rows);
    StringBuilder out = new StringBuilder(table);
    for (JsonObject batch : Answers.list(plans, "batches")) {
      String name = Text.cell(Answers.text(batch, "name"));
      out.append(Answers.list(batch, "episodes").size())
          .append(" of the batch '")
          .append(name)
          .append("' wait: 'reeve approve ")
          .append(name)
          .append("' shows them and asks\n");
    }
    return out.toString();
  }
}
