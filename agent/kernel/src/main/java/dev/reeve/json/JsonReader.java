package dev.reeve.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads exactly one JSON value from input that nobody needs to trust: depth, length, digits and
/// exponents are bounded, a name may occur once in an object, and bytes must be valid UTF-8.
///
/// @param maxDepth objects and arrays within each other, at most [#MAX_DEPTH]
/// @param maxLength bytes, or chars of a string
/// @param acceptsNonFinite whether bare `NaN`, `Infinity` and `-Infinity` are read, which Python
///   writes for a loss that diverged
public record JsonReader(int maxDepth, int maxLength, boolean acceptsNonFinite) {
  /// Deep enough for everything that people write, and never a danger to the stack.
  public static final int MAX_DEPTH = 64;

  /// JSON as its standard says, up to 1 MiB.
  public static final JsonReader STRICT = new JsonReader(MAX_DEPTH, 1 << 20, false);

  private static final JsonFactory STRICT_FACTORY = factory(false);
  private static final JsonFactory LENIENT_FACTORY = factory(true);

  public JsonReader {
    if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
      throw new IllegalArgumentException("maxDepth is 1 to " + MAX_DEPTH + ", not " + maxDepth);
    }
    if (maxLength < 1) {
      throw new IllegalArgumentException("maxLength is at least 1, not " + maxLength);
    }
  }

  public JsonReader withMaxLength(int length) {
    return new JsonReader(maxDepth, length, acceptsNonFinite);
  }

  /// The same reader that also accepts bare NaN, Infinity and -Infinity.
  public JsonReader withNonFinite() {
    return new JsonReader(maxDepth, maxLength, true);
  }

  public JsonValue read(byte[] utf8) throws JsonException {
    requireLength(utf8.length);
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException _) {
      throw new JsonException("not valid UTF-8");
    }
  }

  public JsonValue read(String text) throws JsonException {
    requireLength(text.length());
    JsonFactory factory = acceptsNonFinite ? LENIENT_FACTORY : STRICT_FACTORY;
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new JsonException("nothing where a JSON value should be");
      }
      JsonValue value = value(parser, 0);
      if (parser.nextToken() != null) {
        throw problem("something after the end of the JSON value", parser.currentTokenLocation());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw problem("not JSON, or a string, name or number too long", e.getLocation());
    } catch (IOException e) {
      throw new AssertionError("a string cannot fail to be read", e);
    }
  }

  /// Reads what must be an object, as every record, request and report is.
  public JsonObject readObject(byte[] utf8) throws JsonException {
    return object(read(utf8));
  }

  /// As [#readObject(byte\[\])].
  public JsonObject readObject(String text) throws JsonException {
    return object(read(text));
  }

  private static JsonObject object(JsonValue value) throws JsonException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("not an object");
  }

  private void requireLength(int length) throws JsonException {
    if (length > maxLength) {
      throw new JsonException("longer than " + maxLength);
    }
  }

  private JsonValue value(JsonParser parser, int depth) throws IOException, JsonException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> objectValue(parser, deeper(parser, depth));
      case START_ARRAY -> arrayValue(parser, deeper(parser, depth));
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> JsonNull.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw problem("no value where one should be", parser.currentTokenLocation());
    };
  }

  private int deeper(JsonParser parser, int depth) throws JsonException {
    if (depth == maxDepth) {
      throw problem("deeper than " + maxDepth, parser.currentTokenLocation());
    }
    return depth + 1;
  }

  private JsonObject objectValue(JsonParser parser, int depth) throws IOException, JsonException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonLocation location = parser.currentTokenLocation();
      parser.nextToken();
      if (members.put(name, value(parser, depth)) != null) {
        throw problem("a name that was there already", location);
      }
    }
    return new JsonObject(members);
  }

  private JsonArray arrayValue(JsonParser parser, int depth) throws IOException, JsonException {
    List<JsonValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, depth));
    }
    return new JsonArray(elements);
  }

  private static JsonNumber number(JsonParser parser) throws IOException, JsonException {
    String text = parser.getText();
    for (JsonNumber.NonFinite nonFinite : JsonNumber.NonFinite.values()) {
      if (nonFinite.text().equals(text)) {
        return nonFinite;
      }
    }
    try {
      return JsonNumber.of(new BigDecimal(text));
    } catch (IllegalArgumentException | ArithmeticException _) {
      throw problem("a number too long or too large", parser.currentTokenLocation());
    }
  }

  private static JsonException problem(String what, @Nullable JsonLocation at) {
    if (at == null) {
      return new JsonException(what);
    }
    return new JsonException(what + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  private static JsonFactory factory(boolean acceptsNonFinite) {
    return new JsonFactoryBuilder()
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
        .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, acceptsNonFinite)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH + 1)
                .maxNumberLength(2 * JsonNumber.MAX_DIGITS)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .build();
  }
}
