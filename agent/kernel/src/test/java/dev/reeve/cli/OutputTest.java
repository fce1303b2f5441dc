package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonNull;
import dev.reeve.json.JsonNumber;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every format says the same, and none of them says it to the terminal or to a spreadsheet. */
final class OutputTest {
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>\u001b]0;owned\u0007\u001b[2J\r\n"
          + "root ok\u202etxt.exe\u2028\t\"',";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "no",
        "Yes",
        "on",
        "null",
        "~",
        "",
        " ",
        "1",
        "1e5",
        "0x10",
        "-",
        "- a",
        "a: b",
        "#c",
        "a #b",
        "'",
        "\"",
        "{",
        "[",
        "!tag",
        "&a",
        "*a",
        "%",
        "@",
        "`",
        "|",
        ">",
        "...",
        "---",
        "2024-01-01",
        "1_000",
        "NaN",
        ".inf",
        "node/ana/process/trainer",
        "zürich",
        "\ud83d\ude00",
        HOSTILE
      })
  void yamlReadsBackAsTheSameTextWhateverItLooksLike(String text) {
    String yaml = YamlText.of(Json.object().put(text.isEmpty() ? "k" : text, text).build());
    assertEquals(Map.of(text.isEmpty() ? "k" : text, text), load(yaml));
    assertHarmless(yaml);
  }

  @Test
  void yamlReadsBackAsTheSameValues() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      JsonObject value = object(random, 4);
      assertEquals(java(value), load(YamlText.of(value)), () -> Json.write(value));
    }
  }

  @Test
  void jsonReadsBackAsTheSameAndIsOneHarmlessLine() throws Exception {
    JsonObject value = Json.object().put(HOSTILE, HOSTILE).put("x", "\udb40\udc41").build();
    String text = Output.json(value);
    assertEquals(value, Json.readObject(text));
    assertHarmless(text);
    assertFalse(text.contains("\n"));
  }

  @Test
  void csvQuotesByTheStandardAndEndsLinesWithCrLf() {
    assertEquals(
        "a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n", Csv.line(List.of("a", "b,c", "d\"e", "f\ng")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\uff1d1+1",
        "=HYPERLINK(\"http://x\",\"y\")",
        "-cmd|' /C calc'!A0"
      })
  void csvNeverBeginsATextLikeAFormula(String text) {
    String cell = Csv.line(List.of(text)).replaceFirst("^\"", "");
    assertEquals('\'', cell.charAt(0), cell);
  }

  @Test
  void csvLeavesNumbersAloneWrittenAsTextOrNot() {
    JsonObject row = Json.object().put("a", -3).put("b", "-2.50").put("c", -0.5).build();
    assertEquals("-3,-2.50,-0.5\r\n", Csv.row(List.of("a", "b", "c"), row));
  }

  @Test
  void csvHasAnEmptyCellForWhatIsNotKnownAndFollowsPaths() {
    JsonObject row =
        Json.object()
            .put("cost", Json.object().put("amount", "2.50").build())
            .put("holders", Json.texts(List.of("a", "b")))
            .put("ok", true)
            .put("gone", JsonNull.NULL)
            .build();
    assertEquals(
        "2.50,,a; b,true,,,\r\n",
        Csv.row(
            List.of(
                "cost.amount", "cost.currency", "holders", "ok", "gone", "holders.x", "absent.y"),
            row));
  }

  @Test
  void csvIsHarmlessOnATerminal() {
    assertHarmless(Csv.line(List.of(HOSTILE)).replace("\r\n", "\n"));
  }

  @Test
  void aTableIsHarmlessAndHasOneLineForEachRow() {
    String table =
        Text.table(
            List.of("A", "B"),
            List.of(List.of(HOSTILE, "x".repeat(5_000)), List.of("y", HOSTILE.repeat(99))));
    assertHarmless(table);
    assertEquals(3, table.lines().count());
    assertTrue(table.lines().allMatch(line -> line.length() < 1_000), "cells are cut");
  }

  @Test
  void cuttingNeverLeavesHalfACharacter() {
    String cut = Text.cell("x" + "\ud83d\ude00".repeat(1_000));
    assertTrue(cut.endsWith("\ud83d\ude00…"), cut);
  }

  /** What a name says is no second line, and so no other message. */
  @Test
  void aLogMessageIsOneLine() {
    java.util.logging.LogRecord record =
        new java.util.logging.LogRecord(java.util.logging.Level.INFO, "a\n" + HOSTILE);
    String line = new LogLines().format(record);
    assertEquals(1, line.lines().count());
    assertHarmless(line);
  }

  static void assertHarmless(String text) {
    for (int c : text.codePoints().toArray()) {
      boolean allowed = c == '\n' || !Text.hidden(c);
      assertTrue(allowed, () -> "U+%04X in: %s".formatted(c, Text.plain(text)));
    }
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static JsonObject object(Random random, int depth) {
    LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.put("k" + i, value(random, depth));
    }
    return new JsonObject(members);
  }

  private static JsonValue value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> JsonNumber.of(random.nextLong());
      case 1 -> JsonNumber.of(random.nextDouble());
      case 2 -> new JsonBoolean(random.nextBoolean());
      case 3 -> JsonNull.NULL;
      case 4 -> new JsonString(HOSTILE.substring(random.nextInt(HOSTILE.length())));
      case 5 -> object(random, depth - 1);
      default -> {
        List<JsonValue> all = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          all.add(value(random, depth - 1));
        }
        yield new JsonArray(all);
      }
    };
  }

  private static @Nullable Object java(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, java(member)));
        yield members;
      }
      case JsonArray array -> {
        List<@Nullable Object> all = new ArrayList<>();
        array.forEach(element -> all.add(java(element)));
        yield all;
      }
      case JsonString(String text) -> text;
      case JsonNumber.Whole(long whole) ->
          whole == (int) whole ? (Object) (int) whole : (Object) whole;
      case JsonNumber.Decimal(BigDecimal decimal) -> decimal.doubleValue();
      case JsonNumber.NonFinite number -> number.text();
      case JsonBoolean(boolean truth) -> truth;
      case JsonNull _ -> null;
    };
  }
}
