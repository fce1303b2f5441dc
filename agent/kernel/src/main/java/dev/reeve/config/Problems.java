package dev.reeve.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Everything that is wrong, sorted by place. A configuration with one problem is not used at all.
 *
 * <p>Threads: one at a time.
 */
public final class Problems {
  private static final int EXCERPT = 160;

  private final TreeSet<Problem> problems = new TreeSet<>();
  private final Map<String, List<String>> sources = new HashMap<>();

  public void add(Problem problem) {
    problems.add(problem);
  }

  /** Takes over the problems of another reading, with the lines that they point to. */
  public void addAll(Problems others) {
    problems.addAll(others.problems);
    sources.putAll(others.sources);
  }

  /** The lines of a file, so that a problem can be shown in its place. */
  public void source(String file, List<String> lines) {
    sources.put(file, lines);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Sorted by file, line and column. */
  public List<Problem> list() {
    return List.copyOf(problems);
  }

  /** For people: each problem on a line, with the line that it points to. */
  public String text() {
    var text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem).append('\n').append(excerpt(problem.place()));
    }
    return text.toString();
  }

  /** For programs: one object with {@code version} and {@code problems}. */
  public String json() {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("version", 1);
      json.writeArrayFieldStart("problems");
      for (Problem problem : problems) {
        json.writeStartObject();
        json.writeStringField("file", problem.place().file());
        json.writeNumberField("line", problem.place().line());
        json.writeNumberField("column", problem.place().column());
        json.writeStringField("key", problem.key());
        json.writeStringField("expected", problem.expected());
        json.writeStringField("found", problem.found());
        json.writeStringField("nearest", problem.nearest());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private String excerpt(Place place) {
    List<String> lines = sources.getOrDefault(place.file(), List.of());
    if (place.line() < 1 || place.line() > lines.size() || place.column() > EXCERPT) {
      return "";
    }
    String line = Masking.line(lines.get(place.line() - 1));
    String shown = Masking.printable(line.substring(0, Math.min(line.length(), EXCERPT)));
    String number = "%5d".formatted(place.line());
    return number
        + " | "
        + shown
        + "\n"
        + " ".repeat(number.length())
        + " | "
        + " ".repeat(Columns.of(before(shown, place.column())))
        + "^\n";
  }

  /** What stands before a column, which is counted in code points. */
  private static String before(String line, int column) {
    int points = Math.clamp(column - 1L, 0, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, points));
  }

  @Override
  public String toString() {
    return text();
  }
}
