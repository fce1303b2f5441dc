package dev.reeve.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void keepsTheOrderOfMembers() throws JsonException {
    JsonObject object = Json.readObject("{\"z\":1,\"a\":2,\"m\":3}");
    assertEquals(List.of("z", "a", "m"), List.copyOf(object.members().keySet()));
  }

  @Test
  void tellsWholeNumbersFromDecimalsAndKeepsTheirDigits() throws JsonException {
    assertEquals(JsonNumber.of(Long.MAX_VALUE), Json.read("9223372036854775807"));
    assertEquals(
        new JsonNumber.Decimal(new BigDecimal("9223372036854775808")),
        Json.read("9223372036854775808"));
    assertEquals(new JsonNumber.Decimal(new BigDecimal("2.50")), Json.read("2.50"));
    assertEquals(new JsonNumber.Decimal(new BigDecimal("1E+3")), Json.read("1e3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "01",
        "+1",
        "1.",
        ".5",
        "0x10",
        "nul",
        "1 2",
        "{} {}",
        "{}]",
        "\"a\nb\"",
        "\"\\x\"",
        "// c\n1",
        "NaN",
        "Infinity",
        "-Infinity",
        "\uFEFF{}"
      })
  void refusesWhatTheStandardDoesNotKnow(String text) {
    assertThrows(JsonException.class, () -> Json.read(text));
  }

  @Test
  void readsBareNonFiniteNumbersOnlyWhenAskedTo() throws JsonException {
    JsonReader lenient = JsonReader.STRICT.withNonFinite();
    JsonValue value = lenient.read("{\"loss\":NaN,\"max\":Infinity,\"min\":-Infinity}");
    JsonObject object = (JsonObject) value;
    assertEquals(JsonNumber.NonFinite.NAN, object.members().get("loss"));
    assertEquals(JsonNumber.NonFinite.POSITIVE_INFINITY, object.members().get("max"));
    assertEquals(JsonNumber.NonFinite.NEGATIVE_INFINITY, object.members().get("min"));
    assertEquals(Optional.empty(), object.decimal("loss"));
    for (String other : List.of("INF", "-INF", "+Infinity", "+INF", "nan", "-NaN")) {
      assertThrows(JsonException.class, () -> lenient.read(other), other);
    }
  }

  @Test
  void refusesANameThatIsThereTwice() {
    JsonException e =
        assertThrows(JsonException.class, () -> Json.read("{\"a\":1,\n\"b\":2,\"a\":1}"));
    assertTrue(e.toString().contains("line 2"), e.toString());
  }

  @Test
  void readsSixtyFourLevelsAndRefusesOneMore() throws JsonException {
    Json.read("[".repeat(64) + "]".repeat(64));
    assertThrows(JsonException.class, () -> Json.read("[".repeat(65) + "]".repeat(65)));
    assertThrows(JsonException.class, () -> Json.read("{\"a\":".repeat(100_000)));
    assertThrows(JsonException.class, () -> new JsonReader(2, 100, false).read("[[[]]]"));
  }

  @Test
  void refusesInputThatIsLongerThanTheLimit() throws JsonException {
    JsonReader reader = JsonReader.STRICT.withMaxLength(5);
    assertEquals(new JsonString("abc"), reader.read("\"abc\""));
    assertThrows(JsonException.class, () -> reader.read("\"abcd\""));
    assertThrows(
        JsonException.class, () -> reader.read("\"abcd\"".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e10000", "1e-10000", "1e999999999", "-1e99999999999", "0e2147483648"})
  void refusesNumbersThatWouldExplodeInArithmetic(String text) {
    assertThrows(JsonException.class, () -> Json.read(text));
  }

  @Test
  void refusesNumbersOfMoreThanAThousandDigits() throws JsonException {
    Json.read("9".repeat(1_000));
    assertThrows(JsonException.class, () -> Json.read("9".repeat(1_001)));
    assertThrows(JsonException.class, () -> Json.read("9".repeat(100_000)));
  }

  @Test
  void refusesBytesThatAreNotUtf8InsteadOfReplacingThem() {
    byte[] bytes = "{\"a\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1);
    bytes[6] = (byte) 0xff;
    assertThrows(JsonException.class, () -> Json.readObject(bytes));
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThrows(JsonException.class, () -> Json.readObject(utf16));
  }

  @Test
  void neverQuotesTheInputInItsMessages() {
    JsonException e =
        assertThrows(JsonException.class, () -> Json.read("{\"token\":\"hunter2\", hunter2}"));
    assertFalse(e.toString().contains("hunter2"), e.toString());
  }

  @Test
  void refusesAnythingButAnObjectWhereOneIsAskedFor() {
    assertThrows(JsonException.class, () -> Json.readObject("[]"));
  }

  @Test
  void answersEmptyForMembersThatAreAbsentOrOfAnotherType() throws JsonException {
    JsonObject o = Json.readObject("{\"s\":\"x\",\"n\":3,\"d\":1.5,\"b\":true,\"o\":{},\"a\":[]}");
    assertEquals(Optional.of("x"), o.text("s"));
    assertEquals(OptionalLong.of(3), o.whole("n"));
    assertEquals(Optional.of(new BigDecimal("1.5")), o.decimal("d"));
    assertEquals(Optional.of(new BigDecimal("3")), o.decimal("n"));
    assertEquals(OptionalDouble.of(1.5), o.real("d"));
    assertEquals(Optional.of(true), o.bool("b"));
    assertEquals(Optional.of(new JsonObject(Map.of())), o.object("o"));
    assertEquals(Optional.of(Json.array()), o.array("a"));
    assertEquals(Optional.empty(), o.text("n"));
    assertEquals(OptionalLong.empty(), o.whole("d"));
    assertEquals(Optional.empty(), o.decimal("absent"));
    assertEquals(OptionalDouble.empty(), o.real("s"));
    assertEquals(Optional.empty(), o.bool("s"));
    assertEquals(Optional.empty(), o.object("a"));
    assertEquals(Optional.empty(), o.array("o"));
  }
}
