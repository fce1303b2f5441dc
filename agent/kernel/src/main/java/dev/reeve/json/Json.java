package dev.reeve.json;

import java.util.ArrayList;
import java.util.List;

/// The short way to build, write and read JSON with the usual limits.
public final class Json {
  private Json() {}

  /// Starts an object: `Json.object().put("type", "intent").put("gpus", 8).build()`.
  public static JsonObjectBuilder object() {
    return new JsonObjectBuilder();
  }

  public static JsonArray array(JsonValue... elements) {
    return new JsonArray(List.of(elements));
  }

  public static JsonArray array(Iterable<? extends JsonValue> elements) {
    List<JsonValue> copy = new ArrayList<>();
    elements.forEach(copy::add);
    return new JsonArray(copy);
  }

  public static JsonArray texts(Iterable<String> texts) {
    List<JsonValue> copy = new ArrayList<>();
    texts.forEach(text -> copy.add(new JsonString(text)));
    return new JsonArray(copy);
  }

  public static String write(JsonValue value) {
    return JsonWriter.STRICT.write(value);
  }

  public static byte[] writeBytes(JsonValue value) {
    return JsonWriter.STRICT.writeBytes(value);
  }

  public static JsonValue read(String text) throws JsonException {
    return JsonReader.STRICT.read(text);
  }

  public static JsonObject readObject(byte[] utf8) throws JsonException {
    return JsonReader.STRICT.readObject(utf8);
  }

  public static JsonObject readObject(String text) throws JsonException {
    return JsonReader.STRICT.readObject(text);
  }
}
