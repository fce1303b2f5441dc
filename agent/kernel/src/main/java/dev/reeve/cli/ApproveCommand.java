package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets one plan be carried out, after showing it. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Lets one plan, or a batch, that waits for an answer be carried out, once and in time.",
      "All guards judge it again; what was not shown is not approved."
    })
final class ApproveCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      Output.Shape.single(
          ApproveCommand::approved, "plan", "answer", "for_seconds", "waits_for", "episodes");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private Asking asking = new Asking();

  @Parameters(
      paramLabel = "PLAN",
      description = "its id, as 'reeve plan' shows it; 'baseline' or 'budget' for a whole batch")
  private String plan = "";

  @Option(names = "--yes", description = "asks nothing: for scripts")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    JsonObject plans = asking.ask("plan");
    Optional<JsonObject> batch = named(plans, "batches", "name");
    Optional<JsonObject> found = batch.or(() -> named(plans, "plans", "id"));
    if (found.isEmpty()) {
      System.err.print("no plan '" + Text.cell(plan) + "'; there are:\n" + PlanCommand.text(plans));
      return 1;
    }
    System.err.print(batch.map(ApproveCommand::all).orElseGet(() -> shown(found.get())));
    if (!yes && !confirmed()) {
      System.err.println("nothing is approved");
      return 1;
    }
    String shown = found.get().text("shown").orElse("");
    asking.print(
        asking.ask("approve", Json.object().put("plan", plan).put("shown", shown).build()), SHAPE);
    return 0;
  }

  private static String approved(JsonObject answer) {
    return "approved: "
        + Text.cell(Answers.text(answer, "plan"))
        + answer.text("waits_for").map(what -> "; it waits for " + Text.cell(what)).orElse("")
        + "\n";
  }

  private Optional<JsonObject> named(JsonObject plans, String list, String member) {
    return Answers.list(plans, list).stream()
        .filter(one -> Answers.text(one, member).equals(plan))
        .findFirst();
  }

  private static String all(JsonObject batch) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonObject one : Answers.list(batch, "episodes")) {
      rows.add(
          List.of(
              Answers.text(one, "episode"),
              one.text("workload")
                  .filter(name -> !name.isEmpty())
                  .orElse(Answers.text(one, "subject")),
              Answers.text(one, "rule"),
              Answers.text(one, "state")));
    }
    return Text.table(List.of("EPISODE", "WORKLOAD", "RULE", "STATE"), rows);
  }

  private static String shown(JsonObject plan) {
    StringBuilder text = new StringBuilder();
    text.append(Text.cell(Answers.text(plan, "remedy")))
        .append(' ')
        .append(Text.cell(Answers.text(plan, "workload")))
        .append(", by rule ")
        .append(Text.cell(Answers.text(plan, "rule")))
        .append("; saves ")
        .append(Answers.money(plan, "saves"))
        .append('\n');
    Answers.lines(plan, "preview")
        .forEach(call -> text.append("  ").append(Text.cell(call)).append('\n'));
    return text.append("  ")
        .append(Text.cell(Answers.text(plan, "reason")))
        .append('\n')
        .toString();
  }

  private boolean confirmed() {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "there is no terminal to ask on: look at 'reeve plan', then --yes"));
    String answer = console.readLine("Carry this out? [y/N] ");
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
