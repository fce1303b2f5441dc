package dev.reeve.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Builds a [JsonObject] member by member. Not for use by several threads.
public final class JsonObjectBuilder {
  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  JsonObjectBuilder() {}

  /// Adds a member; a name that is already there is a mistake of the caller.
  public JsonObjectBuilder put(String name, JsonValue value) {
    if (members.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("member " + name + " is there already");
    }
    return this;
  }

  public JsonObjectBuilder put(String name, String text) {
    return put(name, new JsonString(text));
  }

  public JsonObjectBuilder put(String name, long value) {
    return put(name, JsonNumber.of(value));
  }

  public JsonObjectBuilder put(String name, double value) {
    return put(name, JsonNumber.of(value));
  }

  public JsonObjectBuilder put(String name, BigDecimal value) {
    return put(name, JsonNumber.of(value));
  }

  public JsonObjectBuilder put(String name, boolean value) {
    return put(name, new JsonBoolean(value));
  }

  public JsonObjectBuilder put(String name, JsonObjectBuilder value) {
    return put(name, value.build());
  }

  /// Adds the member only if there is a value.
  public JsonObjectBuilder put(String name, Optional<? extends JsonValue> value) {
    value.ifPresent(present -> put(name, present));
    return this;
  }

  public JsonObject build() {
    return new JsonObject(members);
  }
}
