package dev.reeve.config;

import java.util.List;
import java.util.SequencedMap;

/** What a file says at one place, before anybody asked for a type. */
sealed interface Value {
  Place place();

  /**
   * @param kind what YAML 1.2's core schema makes of it; a quoted scalar is always a text
   */
  record Scalar(String text, Kind kind, Place place) implements Value {}

  record Items(List<Value> items, Place place) implements Value {}

  /** Keys in the order of the file. */
  record Mapping(SequencedMap<String, Entry> entries, Place place) implements Value {}

  /**
   * @param place of the key
   */
  record Entry(Value value, Place place) {}

  /** The core schema's types of scalars. */
  enum Kind {
    TEXT,
    INTEGER,
    NUMBER,
    FLAG,
    NOTHING
  }

  /** How a message calls it. */
  default String found() {
    return switch (this) {
      case Scalar(_, Kind kind, _) when kind == Kind.NOTHING -> "nothing";
      case Scalar(String text, _, _) -> Masking.quoted(text);
      case Items _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }

  /** Whether the key stands there with nothing behind it. */
  default boolean nothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }
}
