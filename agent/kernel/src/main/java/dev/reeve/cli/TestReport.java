package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.replay.Coverage;
import dev.reeve.replay.RuleTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of tests.
 *
 * @param coverage of the rules that should have them; empty where it was not asked for
 */
record TestReport(List<RuleTests.Result> results, Optional<List<Coverage.OfRule>> coverage) {
  static final Output.Shape SHAPE =
      new Output.Shape(
          _ -> "",
          List.of("file", "name", "passed", "failures"),
          answer -> Answers.list(answer, "tests"));

  TestReport {
    results = List.copyOf(results);
    coverage = coverage.map(List::copyOf);
  }

  private long failed() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  /** Rules that lack a test of some case. */
  List<Coverage.OfRule> lacking() {
    return coverage.orElse(List.of()).stream().filter(of -> !of.lacks().isEmpty()).toList();
  }

  boolean ok() {
    return failed() == 0 && !results.isEmpty() && lacking().isEmpty();
  }

  static void print(RuleTests.Result result) {
    System.out.println(
        (result.passed() ? "ok    " : "FAIL  ") + Text.plain(result.file() + ": " + result.name()));
    for (String failure : result.failures()) {
      System.out.println(Text.plain(failure).indent(6).stripTrailing());
    }
  }

  /** What is behind the tests themselves. */
  String text() {
    StringBuilder text = new StringBuilder();
    coverage.ifPresent(rules -> coverage(rules, text));
    return text.append(results.size() - failed())
        .append(" passed, ")
        .append(failed())
        .append(" failed\n")
        .toString();
  }

  private void coverage(List<Coverage.OfRule> rules, StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> parts = new ArrayList<>();
    for (Coverage.OfRule rule : rules) {
      List<String> row = new ArrayList<>(List.of(rule.rule()));
      for (Coverage.Case one : Coverage.Case.values()) {
        int tests = rule.of(one).size();
        row.add(tests == 0 ? "no test" : tests == 1 ? "1 test" : tests + " tests");
      }
      long both =
          rule.leaves().stream().filter(leaf -> leaf.everTrue() && leaf.everFalse()).count();
      row.add(both + " of " + rule.leaves().size());
      rows.add(row);
      for (Coverage.Leaf leaf : rule.leaves()) {
        if (!leaf.everTrue() || !leaf.everFalse()) {
          parts.add(List.of(rule.rule(), never(leaf), leaf.text()));
        }
      }
    }
    if (!rows.isEmpty()) {
      text.append('\n')
          .append(
              Text.table(
                  List.of("RULE", "FINDS", "FINDS NOTHING", "DATA MISSING", "TRUE AND FALSE"),
                  rows));
    }
    if (!parts.isEmpty()) {
      text.append('\n')
          .append(Text.table(List.of("RULE", "NEVER", "PART OF ITS CONDITION"), parts));
    }
    int lacking = lacking().size();
    text.append('\n')
        .append(rules.size() - lacking)
        .append(" rules with all three cases, ")
        .append(lacking)
        .append(" without\n");
  }

  private static String never(Coverage.Leaf leaf) {
    return leaf.everTrue() ? "false" : leaf.everFalse() ? "true" : "known";
  }

  JsonObject json() {
    JsonObjectBuilder json =
        Json.object()
            .put("v", 1)
            .put("ok", ok())
            .put("passed", results.size() - failed())
            .put("failed", failed())
            .put("tests", Json.array(results.stream().map(TestReport::json).toList()));
    coverage.ifPresent(
        rules -> json.put("coverage", Json.array(rules.stream().map(TestReport::json).toList())));
    return json.build();
  }

  private static JsonObject json(RuleTests.Result result) {
    return Json.object()
        .put("file", result.file().toString())
        .put("name", result.name())
        .put("passed", result.passed())
        .put("rules", Json.texts(List.copyOf(result.rules())))
        .put("failures", Json.texts(result.failures()))
        .build();
  }

  private static JsonObject json(Coverage.OfRule rule) {
    JsonObjectBuilder json = Json.object().put("rule", rule.rule());
    for (Coverage.Case one : Coverage.Case.values()) {
      json.put(word(one), Json.texts(rule.of(one)));
    }
    return json.put("lacks", Json.texts(lacks(rule)))
        .put("leaves", Json.array(rule.leaves().stream().map(TestReport::json).toList()))
        .build();
  }

  static List<String> lacks(Coverage.OfRule rule) {
    return rule.lacks().stream().map(TestReport::word).toList();
  }

  private static String word(Coverage.Case one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject json(Coverage.Leaf leaf) {
    return Json.object()
        .put("subject", leaf.subject())
        .put("text", leaf.text())
        .put("ever_true", leaf.everTrue())
        .put("ever_false", leaf.everFalse())
        .build();
  }
}
