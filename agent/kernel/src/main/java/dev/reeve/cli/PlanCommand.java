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
  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    JsonObject plans = asking.ask("plan");
    if (asking.json()) {
      Asking.print(plans);
      return 0;
    }
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
    System.out.print(
        rows.isEmpty()
            ? "nothing is planned\n"
            : Text.table(
                List.of("PLAN", "WORKLOAD", "REMEDY", "IN", "SAVES", "VERDICT", "WHY"), rows));
    return 0;
  }
}
