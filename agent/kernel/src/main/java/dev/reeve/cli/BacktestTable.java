package dev.reeve.cli;

import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A back-test for people: its newest lines, then the sums. */
final class BacktestTable {
  private static final int LINES = 200;

  private final List<List<String>> rows = new ArrayList<>();
  private long left;

  void add(JsonObject action) {
    if (rows.size() == LINES) {
      rows.removeFirst();
      left++;
    }
    JsonObject verdict = action.object("verdict").orElseThrow();
    String end = "";
    if (action.member("false_kill").orElse(new JsonBoolean(false))
        instanceof JsonBoolean(boolean wrong)) {
      end = wrong ? "FALSE KILL: worked again " + Answers.text(action, "active_again") : "";
    }
    rows.add(
        List.of(
            Answers.text(action, "time").replace(".000Z", "Z"),
            Answers.text(action, "rule"),
            Answers.text(action, "workload").equals("-")
                ? Answers.text(action, "subject")
                : Answers.text(action, "workload"),
            Answers.text(action, "remedy"),
            Answers.text(verdict, "word"),
            verdict.text("word").orElse("").equals("go") || verdict.text("guard").isEmpty()
                ? Answers.money(action, "saved").equals("-") ? end : end(action, end)
                : Answers.text(verdict, "guard") + ": " + Answers.text(verdict, "reason")));
  }

  private static String end(JsonObject action, String end) {
    String saved = "saves " + Answers.money(action, "saved");
    return end.isEmpty() ? saved : saved + "; " + end;
  }

  String text(JsonObject summary) {
    StringBuilder out = new StringBuilder();
    if (left > 0) {
      out.append(left).append(" earlier lines are left out; -o json has them all\n");
    }
    if (!rows.isEmpty()) {
      out.append(
              Text.table(
                  List.of("TIME", "RULE", "WORKLOAD", "REMEDY", "VERDICT", "WHAT CAME OF IT"),
                  rows))
          .append('\n');
    }
    List<List<String>> sums = new ArrayList<>();
    for (JsonObject rule : Answers.list(summary, "rules")) {
      sums.add(sum(Answers.text(rule, "rule"), rule));
    }
    summary.object("all").ifPresent(all -> sums.add(sum("all", all)));
    out.append(
        Text.table(
            List.of("RULE", "NOTICES", "ACTIONS", "HELD UP", "FALSE KILLS", "GPU HOURS", "SAVED"),
            sums));
    out.append(
        "%n%s to %s, %s answers, %s samples, %s judgements%n"
            .formatted(
                Answers.text(summary, "from"),
                Answers.text(summary, "to"),
                Answers.number(summary, "answers", ""),
                Answers.number(summary, "samples", ""),
                Answers.number(summary, "cycles", "")));
    summary.array("notes").map(JsonArray::elements).orElse(List.of()).stream()
        .filter(JsonString.class::isInstance)
        .map(note -> ((JsonString) note).text())
        .forEach(note -> out.append("note: ").append(Text.cell(note)).append('\n'));
    return out.toString();
  }

  private static List<String> sum(String name, JsonObject of) {
    return List.of(
        name,
        Answers.number(of, "notices", ""),
        Answers.number(of, "actions", ""),
        Answers.number(of, "held_up", ""),
        Answers.number(of, "false_kills", ""),
        of.real("gpu_hours").isEmpty()
            ? "-"
            : String.format(Locale.ROOT, "%.1f", of.real("gpu_hours").getAsDouble()),
        of.whole("actions").orElse(0) == 0 ? "-" : Answers.moneys(of, "saved"));
  }
}
