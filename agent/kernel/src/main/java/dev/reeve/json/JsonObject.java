package dev.reeve.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A JSON object whose members keep the order in which they were written.
///
/// The accessors answer empty both for a member that is absent and for one of another type: who
/// reads what others wrote has the same to say about either.
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    members.forEach(JsonObject::requireNonNull);
  }

  public Optional<JsonValue> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  public Optional<String> text(String name) {
    return members.get(name) instanceof JsonString(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// A number without fraction or exponent.
  public OptionalLong whole(String name) {
    return members.get(name) instanceof JsonNumber.Whole(long value)
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /// Any finite number, exactly.
  public Optional<BigDecimal> decimal(String name) {
    return switch (members.get(name)) {
      case JsonNumber.Whole(long value) -> Optional.of(BigDecimal.valueOf(value));
      case JsonNumber.Decimal(BigDecimal value) -> Optional.of(value);
      case null, default -> Optional.empty();
    };
  }

  /// Any number as the nearest double, NaN and the infinities included.
  public OptionalDouble real(String name) {
    return members.get(name) instanceof JsonNumber number
        ? OptionalDouble.of(number.real())
        : OptionalDouble.empty();
  }

  public Optional<Boolean> bool(String name) {
    return members.get(name) instanceof JsonBoolean(boolean value)
        ? Optional.of(value)
        : Optional.empty();
  }

  public Optional<JsonObject> object(String name) {
    return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  public Optional<JsonArray> array(String name) {
    return members.get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
  }

  private static void requireNonNull(String name, JsonValue value) {
    if (name == null || value == null) {
      throw new NullPointerException("a member of a JSON object is null: " + name);
    }
  }
}
