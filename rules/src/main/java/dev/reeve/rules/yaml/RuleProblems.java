package dev.reeve.rules.yaml;

import dev.reeve.config.Columns;
import dev.reeve.config.Masking;
import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Everything that is wrong with some rule files, sorted by place.
 *
 * <p>Threads: one at a time.
 */
final class RuleProblems {
  /** More than anybody reads; a hostile file makes no more than this. */
  static final int MOST = 500;

  private static final int EXCERPT = 120;

  private final TreeSet<RuleProblem> problems = new TreeSet<>();
  private final Map<String, SourceText> sources = new HashMap<>();
  private int left;

  void add(RuleProblem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    } else if (!problems.contains(problem)) {
      left++;
    }
  }

  /** The text of a file, so that a problem can be shown in its place. */
  void source(SourceText source) {
    sources.put(source.file(), source);
  }

  /** The text that a place is in; an empty one for a file that could not be read. */
  SourceText source(String file) {
    return sources.getOrDefault(file, new SourceText(file, ""));
  }

  List<RuleProblem> list() {
    return List.copyOf(problems);
  }

  /** Problems that keep the files from loading. */
  List<RuleProblem> errors() {
    return problems.stream().filter(problem -> !problem.code().warning()).toList();
  }

  List<RuleProblem> warnings() {
    return problems.stream().filter(problem -> problem.code().warning()).toList();
  }

  /** For people: each problem with the line that it points to. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (RuleProblem problem : problems) {
      String kind = problem.code().warning() ? "warning" : "error";
      text.append(kind).append('[').append(problem.code().text()).append("] ");
      text.append(problem.code().title()).append('\n');
      text.append("  --> ").append(problem.place()).append('\n');
      text.append(excerpt(problem));
      text.append("  ").append(problem.sentence()).append('\n');
      text.append("  why: ").append(problem.code().why()).append('\n');
      text.append("  instead: ").append(problem.code().instead()).append("\n\n");
    }
    if (left > 0) {
      text.append("and ").append(left).append(" more\n");
    }
    return text.toString();
  }

  JsonArray json() {
    List<dev.reeve.json.JsonObject> all = new ArrayList<>();
    for (RuleProblem problem : problems) {
      all.add(
          Json.object()
              .put("code", problem.code().text())
              .put("severity", problem.code().warning() ? "warning" : "error")
              .put("file", problem.place().file())
              .put("line", problem.place().line())
              .put("column", problem.place().column())
              .put("width", problem.width())
              .put("key", problem.key())
              .put("title", problem.code().title())
              .put("expected", problem.expected())
              .put("found", problem.found())
              .put("nearest", problem.nearest())
              .put("why", problem.code().why())
              .put("instead", problem.code().instead())
              .build());
    }
    return Json.array(all);
  }

  private String excerpt(RuleProblem problem) {
    List<String> lines = source(problem.place().file()).lines();
    int line = problem.place().line();
    if (line < 1 || line > lines.size()) {
      return "";
    }
    int column = Math.max(1, problem.place().column());
    int from = column <= EXCERPT ? 0 : column - EXCERPT / 2;
    StringBuilder out = new StringBuilder();
    if (line > 1) {
      numbered(out, line - 1, cut(lines.get(line - 2), from));
    }
    String shown = cut(lines.get(line - 1), from);
    numbered(out, line, shown);
    int[] points = shown.codePoints().toArray();
    int start = Math.min(column - 1 - from, points.length);
    int length = Math.min(problem.width(), points.length - start);
    int width = Columns.of(new String(points, start, length));
    out.append("      | ")
        .append(" ".repeat(Columns.of(new String(points, 0, start))))
        .append("^".repeat(Math.max(1, width)));
    return out.append('\n').toString();
  }

  private static void numbered(StringBuilder out, int number, String line) {
    out.append("%5d".formatted(number)).append(" | ").append(line).append('\n');
  }

  private static String cut(String line, int from) {
    int[] points = line.codePoints().skip(from).limit(EXCERPT).toArray();
    return Masking.printable(new String(points, 0, points.length));
  }
}
