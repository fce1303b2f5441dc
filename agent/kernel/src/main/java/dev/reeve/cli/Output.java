package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that says how data is printed, and the one place where it is. */
public final class Output {
  /** How data is printed. */
  public enum Format {
    TABLE,
    JSON,
    YAML,
    CSV
  }

  /** Lower case, as people write them. */
  static final class Formats extends LowerCase {
    Formats() {
      super(Format.values());
    }
  }

  /**
   * How one kind of answer is shown.
   *
   * @param table for people
   * @param columns of CSV: paths of members, joined by dots
   * @param rows of CSV
   */
  public record Shape(
      Function<JsonObject, String> table,
      List<String> columns,
      Function<JsonObject, List<JsonObject>> rows) {
    public Shape {
      columns = List.copyOf(columns);
    }

    /** One row: the answer itself. */
    public static Shape single(Function<JsonObject, String> table, String... columns) {
      return new Shape(table, List.of(columns), List::of);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "table (default), json, yaml or csv")
  private Format format = Format.TABLE;

  /** What was asked for. */
  public Format format() {
    return format;
  }

  /** Prints an answer in the form that was asked for. */
  public void print(JsonObject answer, Shape shape) {
    System.out.print(text(format, answer, shape));
  }

  static String text(Format format, JsonObject answer, Shape shape) {
    return switch (format) {
      case TABLE -> shape.table().apply(answer);
      case JSON -> json(answer) + "\n";
      case YAML -> YamlText.of(answer);
      case CSV -> {
        StringBuilder out = new StringBuilder(Csv.line(shape.columns()));
        shape.rows().apply(answer).forEach(row -> out.append(Csv.row(shape.columns(), row)));
        yield out.toString();
      }
    };
  }

  /** On one line. What a terminal could take for a command is escaped, and reads as the same. */
  static String json(JsonObject answer) {
    String text = Json.write(answer);
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Text.hidden(c)) {
                for (char unit : Character.toChars(c)) {
                  out.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
