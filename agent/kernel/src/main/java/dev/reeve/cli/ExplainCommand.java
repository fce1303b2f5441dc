package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why a subject was judged as it was, and what would change that. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Says for each rule why it holds for a subject or not, value by value; with --at why it"
            + " held then.")
final class ExplainCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      new Output.Shape(
          ExplainCommand::all,
          List.of(
              "of.subject",
              "of.incarnation",
              "judged.rule",
              "judged.truth",
              "judged.state",
              "judged.note",
              "evidence.subject",
              "evidence.expression",
              "evidence.value",
              "evidence.comparison",
              "evidence.threshold",
              "evidence.witness",
              "evidence.truth",
              "evidence.why_not"),
          ExplainCommand::rows);

  @Mixin private Asking asking = new Asking();

  @Mixin private LookingBack back = new LookingBack();

  @Parameters(paramLabel = "SUBJECT", description = "part of a workload's, GPU's or run's name")
  private String subject = "";

  @Override
  public Integer call() throws Exception {
    if (back.asked()) {
      JsonObject then = back.explain(asking.file(), subject);
      System.err.println(Text.plain(Answers.texts(then, "notes")));
      asking.print(then, SHAPE);
      if (Answers.list(then, "subjects").isEmpty()) {
        System.err.println("nothing that was seen then is called '" + Text.plain(subject) + "'");
        return 1;
      }
      return 0;
    }
    JsonObject answer = asking.ask("explain", Json.object().put("subject", subject).build());
    asking.print(answer, SHAPE);
    return 0;
  }

  private static String all(JsonObject answer) {
    StringBuilder out = new StringBuilder();
    Answers.list(answer, "subjects").forEach(one -> out.append(text(one)));
    return out.toString();
  }

  /** One row for each comparison of each rule of each subject. */
  private static List<JsonObject> rows(JsonObject answer) {
    List<JsonObject> rows = new ArrayList<>();
    for (JsonObject one : Answers.list(answer, "subjects")) {
      for (JsonObject rule : Answers.list(one, "rules")) {
        for (JsonObject evidence : Answers.list(rule, "evidence")) {
          rows.add(
              Json.object().put("of", one).put("judged", rule).put("evidence", evidence).build());
        }
      }
    }
    return rows;
  }

  static String text(JsonObject one) {
    StringBuilder out = new StringBuilder();
    out.append(Text.cell(Answers.text(one, "subject")))
        .append("   costs ")
        .append(Answers.money(one, "cost"))
        .append('\n');
    for (JsonObject rule : Answers.list(one, "rules")) {
      out.append("  ")
          .append(Text.cell(Answers.text(rule, "rule")))
          .append(": ")
          .append(verdict(Answers.text(rule, "truth")));
      rule.text("state")
          .ifPresent(
              state ->
                  out.append(", episode ")
                      .append(state)
                      .append(" (")
                      .append(Text.cell(Answers.text(rule, "note")))
                      .append(')'));
      out.append('\n');
      out.append(evidence(rule));
    }
    return out.toString();
  }

  private static String verdict(String truth) {
    return switch (truth) {
      case "true" -> "holds";
      case "false" -> "does not hold";
      default -> "is not known to hold";
    };
  }

  private static String evidence(JsonObject rule) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonObject one : Answers.list(rule, "evidence")) {
      rows.add(
          List.of(
              "    " + Answers.text(one, "expression"),
              Answers.value(one, "value"),
              Answers.text(one, "comparison") + " " + Answers.value(one, "threshold"),
              Answers.text(one, "truth"),
              one.text("why_not").orElse(change(one))));
    }
    return Text.table(
        List.of("    ASKED", "SEEN", "NEEDED", "HOLDS", "WHY NOT, OR WHAT WOULD CHANGE IT"), rows);
  }

  /** What would make one comparison come out the other way. */
  private static String change(JsonObject one) {
    boolean less = Answers.text(one, "comparison").startsWith("<");
    boolean holds = Answers.text(one, "truth").equals("true");
    String threshold = Answers.value(one, "threshold");
    return (holds == less ? "at least " : "less than ") + threshold + " would change it";
  }
}
