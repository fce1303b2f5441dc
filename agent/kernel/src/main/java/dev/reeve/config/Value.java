package dev.reeve.config;

import java.util.List;
import java.util.SequencedMap;

/** What a file says at one place, before anybody asked for a type. */
public sealed interface Value {
  Place place();

  /**
   * @param kind what YAML 1.2's core schema makes of it; a quoted scalar is always a text
   * @param written where its characters stand in the file
   */
  record Scalar(String text, Kind kind, Place place, Written written) implements Value {}

  /**
   * The characters of a scalar in its file, quotes and block header included.
   *
   * @param from index of the first one, counted in code points
   * @param to index behind the last one
   */
  record Written(int from, int to, Form form) {
    public static final Written NOWHERE = new Written(0, 0, Form.PLAIN);
  }

  /** The ways to write a scalar. */
  enum Form {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    BLOCK
  }

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
      case Scalar(_, Kind kind, _, _) when kind == Kind.NOTHING -> "nothing";
      case Scalar(String text, _, _, _) -> Masking.quoted(text);
      case Items _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }

  /** Whether the key stands there with nothing behind it. */
  default boolean nothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }
}
