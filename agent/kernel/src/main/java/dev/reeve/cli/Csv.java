package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonNull;
import dev.reeve.json.JsonNumber;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Comma-separated values by RFC 4180. An empty cell is what is not known.
 *
 * <p>Spreadsheets run a text that begins like a formula, and names of workloads are anybody's to
 * choose: such a text gets an apostrophe in front, which a spreadsheet takes for "this is text".
 * Numbers stay as they are. Who needs each byte as it is takes JSON.
 */
final class Csv {
  private static final Pattern FORMULA =
      Pattern.compile("\\s*[=+@\\-\\uff1d\\uff0b\\uff20\\uff0d]");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private Csv() {}

  /** One line of texts, ended by CR and LF. */
  static String line(List<String> cells) {
    return String.join(",", cells.stream().map(Csv::text).toList()) + "\r\n";
  }

  /** The members of a row that the columns name. */
  static String row(List<String> columns, JsonObject row) {
    return String.join(",", columns.stream().map(column -> cell(row, column)).toList()) + "\r\n";
  }

  private static String cell(JsonObject row, String path) {
    Optional<JsonValue> value = Optional.of(row);
    for (String name : path.split("\\.", -1)) {
      value = value.flatMap(of -> of instanceof JsonObject inside ? inside.member(name) : absent());
    }
    return value.map(Csv::cell).orElse("");
  }

  private static Optional<JsonValue> absent() {
    return Optional.empty();
  }

  private static String cell(JsonValue value) {
    return switch (value) {
      case JsonNumber.NonFinite number -> number.text();
      case JsonNumber number -> Json.write(number);
      case JsonBoolean truth -> Json.write(truth);
      case JsonNull _ -> "";
      case JsonString(String text) -> text(text);
      case JsonObject object -> text(Json.write(object));
      case JsonArray array -> text(list(array));
    };
  }

  private static String list(JsonArray array) {
    List<String> all = new ArrayList<>();
    for (JsonValue value : array) {
      all.add(value instanceof JsonString(String text) ? text : Json.write(value));
    }
    return String.join("; ", all);
  }

  private static String text(String text) {
    boolean formula = FORMULA.matcher(text).lookingAt() && !NUMBER.matcher(text).matches();
    String plain = Text.plain(formula ? "'" + text : text);
    boolean quoted = plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\'');
    return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
