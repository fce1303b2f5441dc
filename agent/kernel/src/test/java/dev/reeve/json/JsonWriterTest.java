package dev.reeve.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.json.JsonWriter.NonFinitePolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
  @Test
  void writesMembersInTheirOrderWithoutBlanks() {
    JsonObject value =
        Json.object()
            .put("type", "intent")
            .put("gpus", 8)
            .put("usd", new BigDecimal("12.50"))
            .put("share", 0.25)
            .put("real", true)
            .put("undo", JsonNull.NULL)
            .put("who", Json.object().put("user", "ann"))
            .put("nodes", Json.texts(List.of("a", "b")))
            .put("absent", Optional.empty())
            .put("none", Json.array())
            .build();
    assertEquals(
        "{\"type\":\"intent\",\"gpus\":8,\"usd\":12.50,\"share\":0.25,\"real\":true,\"undo\":null,"
            + "\"who\":{\"user\":\"ann\"},\"nodes\":[\"a\",\"b\"],\"none\":[]}",
        Json.write(value));
  }

  @Test
  void escapesEveryControlCharacterSoThatATerminalStaysSafe() {
    assertEquals(
        "\"\\u001b[2J\\u0000\\u007f\\u009b\\n\\t\\r\\\"\\\\\"",
        Json.write(new JsonString("\u001b[2J\u0000\u007f\u009b\n\t\r\"\\")));
  }

  @Test
  void escapesSurrogatesWithoutAPartnerAndKeepsPairs() throws JsonException {
    JsonString value = new JsonString("\ud800x\udc00\ud83d\ude00\ud83d");
    assertEquals("\"\\ud800x\\udc00\ud83d\ude00\\ud83d\"", Json.write(value));
    assertEquals(value, JsonReader.STRICT.read(Json.writeBytes(value)));
  }

  @Test
  void escapesWhatEndsAScriptOnlyWhenAskedTo() {
    JsonString value = new JsonString("</script>\u2028\u2029");
    JsonWriter htmlSafe = new JsonWriter(true, NonFinitePolicy.REFUSE);
    assertEquals("\"\\u003c/script\\u003e\\u2028\\u2029\"", htmlSafe.write(value));
    assertEquals("\"</script>\u2028\u2029\"", Json.write(value));
  }

  @Test
  void refusesNonFiniteNumbersUnlessToldToWriteStrings() {
    JsonArray value =
        Json.array(
            JsonNumber.of(Double.NaN),
            JsonNumber.of(Double.POSITIVE_INFINITY),
            JsonNumber.of(Double.NEGATIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> Json.write(value));
    assertEquals(
        "[\"NaN\",\"Infinity\",\"-Infinity\"]",
        new JsonWriter(false, NonFinitePolicy.AS_STRING).write(value));
  }

  @Test
  void refusesToWriteWhatIsTooDeepToBeReadAgain() {
    JsonValue value = Json.array();
    for (int depth = 1; depth < JsonReader.MAX_DEPTH; depth++) {
      value = Json.array(value);
    }
    JsonValue deepest = value;
    Json.write(deepest);
    assertThrows(IllegalArgumentException.class, () -> Json.write(Json.array(deepest)));
  }

  @Test
  void refusesANameThatIsPutTwice() {
    JsonObjectBuilder builder = Json.object().put("a", 1);
    assertThrows(IllegalArgumentException.class, () -> builder.put("a", 2));
  }

  @Test
  void laterPutsDoNotChangeAnObjectThatWasBuilt() {
    JsonObjectBuilder builder = Json.object().put("a", 1);
    JsonObject built = builder.build();
    builder.put("b", 2);
    assertEquals("{\"a\":1}", Json.write(built));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void readsBackEveryRandomValueAsItWas(long seed) throws JsonException {
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      JsonValue value = randomValue(random, 0);
      byte[] bytes = Json.writeBytes(value);
      JsonValue again = JsonReader.STRICT.read(bytes);
      assertEquals(value, again, () -> "seed " + seed);
      assertArrayEquals(bytes, Json.writeBytes(again), () -> "seed " + seed);
    }
  }

  private static JsonValue randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 8)) {
      case 0 -> JsonNull.NULL;
      case 1 -> new JsonBoolean(random.nextBoolean());
      case 2 -> JsonNumber.of(random.nextLong() >> random.nextInt(64));
      case 3 ->
          JsonNumber.of(
              new BigDecimal(
                  new BigInteger(random.nextInt(300), random), random.nextInt(600) - 300));
      case 4 -> JsonNumber.of(random.nextGaussian());
      case 5 -> new JsonString(randomText(random));
      case 6 -> {
        JsonObjectBuilder object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.put(i + randomText(random), randomValue(random, depth + 1));
        }
        yield object.build();
      }
      default ->
          Json.array(
              random
                  .ints(random.nextInt(5))
                  .mapToObj(_ -> randomValue(random, depth + 1))
                  .toList());
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0x10000)));
    }
    return text.toString();
  }
}
