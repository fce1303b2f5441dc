package dev.reeve.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// Writes a value in one compact form: members in their order, no blanks, and the same bytes from
/// the same value in every release, since hashes are taken over them. Control characters (C0, DEL,
/// C1) and surrogates without a partner are always escaped, so that the text is safe for a terminal
/// and survives UTF-8.
///
/// @param htmlSafe whether `<`, `>`, U+2028 and U+2029 are escaped too, for JSON within a page
/// @param nonFinite what becomes of NaN and the infinities
public record JsonWriter(boolean htmlSafe, NonFinitePolicy nonFinite) {
  /// Refuses what is not JSON.
  public static final JsonWriter STRICT = new JsonWriter(false, NonFinitePolicy.REFUSE);

  /// What becomes of a number that JSON cannot say.
  public enum NonFinitePolicy {
    /// [JsonWriter#write] throws an IllegalArgumentException.
    REFUSE,
    /// It becomes a string: `"NaN"`, `"Infinity"`, `"-Infinity"`.
    AS_STRING
  }

  public byte[] writeBytes(JsonValue value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  public String write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  private void write(JsonValue value, StringBuilder out, int depth) {
    switch (value) {
      case JsonObject object -> writeObject(object, out, deeper(depth));
      case JsonArray array -> writeArray(array, out, deeper(depth));
      case JsonString(String text) -> writeString(text, out);
      case JsonNumber number -> writeNumber(number, out);
      case JsonBoolean(boolean truth) -> out.append(truth);
      case JsonNull.NULL -> out.append("null");
    }
  }

  private static int deeper(int depth) {
    if (depth == JsonReader.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "JSON deeper than " + JsonReader.MAX_DEPTH + " could not be read again");
    }
    return depth + 1;
  }

  private void writeObject(JsonObject object, StringBuilder out, int depth) {
    char before = '{';
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      out.append(before);
      writeString(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out, depth);
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void writeArray(JsonArray array, StringBuilder out, int depth) {
    char before = '[';
    for (JsonValue element : array) {
      out.append(before);
      write(element, out, depth);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void writeNumber(JsonNumber number, StringBuilder out) {
    switch (number) {
      case JsonNumber.Whole(long value) -> out.append(value);
      case JsonNumber.Decimal(BigDecimal value) -> out.append(value);
      case JsonNumber.NonFinite value -> {
        if (nonFinite == NonFinitePolicy.REFUSE) {
          throw new IllegalArgumentException(value.text() + " is not JSON");
        }
        out.append('"').append(value.text()).append('"');
      }
    }
  }

  private void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        writeCharacter(c, out);
      }
    }
    out.append('"');
  }

  private void writeCharacter(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isISOControl(c) || Character.isSurrogate(c) || isUnsafeInHtml(c)) {
          out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(c);
        }
      }
    }
  }

  private boolean isUnsafeInHtml(char c) {
    return htmlSafe && (c == '<' || c == '>' || c == '\u2028' || c == '\u2029');
  }
}
