package dev.reeve.cli;

import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonNumber;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import dev.reeve.model.Spans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the API's shapes for tables. What is absent is a dash: unknown, not zero. */
final class Answers {
  private static final String ABSENT = "-";

  private Answers() {}

  static List<JsonObject> list(JsonObject answer, String name) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue value : answer.array(name).orElse(new JsonArray(List.of()))) {
      if (value instanceof JsonObject object) {
        all.add(object);
      }
    }
    return all;
  }

  static String text(JsonObject of, String name) {
    return of.text(name).filter(text -> !text.isEmpty()).orElse(ABSENT);
  }

  static String texts(JsonObject of, String name) {
    if (of.array(name).isEmpty()) {
      return ABSENT;
    }
    List<String> all = lines(of, name);
    return all.isEmpty() ? "nobody" : String.join(", ", all);
  }

  static List<String> lines(JsonObject of, String name) {
    List<String> all = new ArrayList<>();
    for (JsonValue value : of.array(name).orElse(new JsonArray(List.of()))) {
      if (value instanceof JsonString(String text)) {
        all.add(text);
      }
    }
    return all;
  }

  static String percent(JsonObject of, String name) {
    return of.real(name).isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "%.0f %%", of.real(name).getAsDouble() * 100);
  }

  static String number(JsonObject of, String name, String unit) {
    return of.real(name).isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "%.0f%s", of.real(name).getAsDouble(), unit);
  }

  static String gibibytes(JsonObject of, String name) {
    return of.real(name).isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "%.1f GiB", of.real(name).getAsDouble() / (1L << 30));
  }

  static String seconds(JsonObject of, String name) {
    return of.real(name).isEmpty()
        ? ABSENT
        : Spans.text(Duration.ofSeconds((long) of.real(name).getAsDouble()));
  }

  /** A rate or sum, rounded to cents; a dash where it is not known. */
  static String money(JsonValue value) {
    if (!(value instanceof JsonObject of) || of.text("amount").isEmpty()) {
      return ABSENT;
    }
    String amount =
        new BigDecimal(of.text("amount").orElseThrow())
            .setScale(2, RoundingMode.HALF_UP)
            .toPlainString();
    return amount
        + " "
        + of.text("currency").orElse("")
        + of.text("per").map(per -> "/" + per).orElse("");
  }

  static String money(JsonObject of, String name) {
    return of.object(name).map(Answers::money).orElse(ABSENT);
  }

  static String moneys(JsonObject of, String name) {
    List<String> all = new ArrayList<>();
    for (JsonValue value : of.array(name).orElse(new JsonArray(List.of()))) {
      all.add(money(value));
    }
    return all.isEmpty() ? "nothing known" : String.join(" + ", all);
  }

  static String value(JsonObject of, String name) {
    return switch (of.member(name).orElse(new JsonString(ABSENT))) {
      case JsonNumber number -> String.format(Locale.ROOT, "%.4g", number.real());
      case JsonString(String text) -> text;
      case JsonValue other -> String.valueOf(other);
    };
  }

  /** What is said of tests beside rules; nothing by a daemon that knows none. */
  static String tests(JsonObject rules) {
    return rules.object("tests").map(Answers::testsOf).orElse("");
  }

  private static String testsOf(JsonObject tests) {
    List<JsonObject> failed = list(tests, "failed");
    long passed = tests.whole("passed").orElse(0);
    if (failed.isEmpty()) {
      return passed == 0
          ? "rule tests: none beside the rules\n"
          : "rule tests: " + passed + " passed\n";
    }
    StringBuilder out = new StringBuilder();
    out.append("rule tests: ").append(failed.size()).append(" FAIL, ");
    out.append(passed).append(" passed\n");
    for (JsonObject one : failed) {
      out.append("  ")
          .append(Text.cell(text(one, "file") + ": " + text(one, "test")))
          .append(ofRules(one))
          .append('\n');
    }
    return out.toString();
  }

  private static String ofRules(JsonObject failed) {
    return failed.array("rules").filter(rules -> rules.size() > 0).isEmpty()
        ? ""
        : ", of " + Text.cell(texts(failed, "rules"));
  }

  /** Rules that may only warn, a line each, with why. */
  static String limits(JsonObject rules) {
    StringBuilder out = new StringBuilder();
    rules
        .object("limited")
        .ifPresent(
            limited ->
                limited
                    .members()
                    .keySet()
                    .forEach(
                        rule ->
                            out.append("only warns: ")
                                .append(Text.cell(rule))
                                .append(": ")
                                .append(Text.cell(text(limited, rule)))
                                .append('\n')));
    return out.toString();
  }
}
