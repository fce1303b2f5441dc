package dev.reeve.rules.yaml;

import dev.reeve.config.Value;
import dev.reeve.config.Value.Items;
import dev.reeve.config.Value.Kind;
import dev.reeve.config.Value.Mapping;
import dev.reeve.config.Value.Scalar;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonBoolean;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A second reader of the schema: the words of draft 2020-12 that it uses, and no others. */
final class SchemaChecker {
  private static final List<String> KNOWN =
      List.of(
          "$schema",
          "title",
          "$defs",
          "description",
          "$ref",
          "type",
          "enum",
          "oneOf",
          "items",
          "minItems",
          "maxItems",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "maxProperties");

  private final JsonObject root;

  SchemaChecker(JsonObject root) {
    this.root = root;
  }

  List<String> check(Value value) {
    return check(root, value, "");
  }

  private List<String> check(JsonObject schema, Value value, String path) {
    List<String> wrong = new ArrayList<>();
    for (String word : schema.members().keySet()) {
      if (!KNOWN.contains(word)) {
        throw new AssertionError("the checker does not know " + word);
      }
    }
    schema.text("$ref").ifPresent(ref -> wrong.addAll(check(resolve(ref), value, path)));
    schema
        .array("oneOf")
        .filter(choices -> fitting(choices, value, path) != 1)
        .ifPresent(choices -> wrong.add(path + ": " + fitting(choices, value, path) + " of oneOf"));
    if (schema.member("type").isPresent() && !fits(types(schema), type(value))) {
      wrong.add(path + ": no " + types(schema));
      return wrong;
    }
    schema
        .array("enum")
        .filter(words -> !texts(words).contains(value instanceof Scalar of ? of.text() : ""))
        .ifPresent(words -> wrong.add(path + ": none of " + texts(words)));
    switch (value) {
      case Scalar scalar -> scalar(schema, scalar, path, wrong);
      case Items items -> items(schema, items, path, wrong);
      case Mapping mapping -> mapping(schema, mapping, path, wrong);
    }
    return wrong;
  }

  private long fitting(JsonArray choices, Value value, String path) {
    long fitting = 0;
    for (JsonValue choice : choices) {
      fitting += choice instanceof JsonObject of && check(of, value, path).isEmpty() ? 1 : 0;
    }
    return fitting;
  }

  private static void scalar(JsonObject schema, Scalar scalar, String path, List<String> wrong) {
    if (schema.whole("maxLength").orElse(Long.MAX_VALUE) < scalar.text().length()) {
      wrong.add(path + ": too long");
    }
    if (!schema.text("pattern").map(of -> scalar.text().matches(of)).orElse(true)) {
      wrong.add(path + ": not like the pattern");
    }
    if (scalar.kind() == Kind.INTEGER
        && (Long.parseLong(scalar.text()) < schema.whole("minimum").orElse(Long.MIN_VALUE)
            || Long.parseLong(scalar.text()) > schema.whole("maximum").orElse(Long.MAX_VALUE))) {
      wrong.add(path + ": out of range");
    }
  }

  private void items(JsonObject schema, Items items, String path, List<String> wrong) {
    int size = items.items().size();
    if (size < schema.whole("minItems").orElse(0)
        || size > schema.whole("maxItems").orElse(Long.MAX_VALUE)) {
      wrong.add(path + ": " + size + " items");
    }
    Optional<JsonObject> each = schema.object("items");
    for (int i = 0; each.isPresent() && i < size; i++) {
      wrong.addAll(check(each.get(), items.items().get(i), path + "[" + i + "]"));
    }
  }

  private void mapping(JsonObject schema, Mapping mapping, String path, List<String> wrong) {
    JsonObject properties = schema.object("properties").orElse(new JsonObject(java.util.Map.of()));
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              Optional<JsonObject> known = properties.object(name);
              Optional<JsonValue> others = schema.member("additionalProperties");
              String below = path + "." + name;
              if (known.isPresent()) {
                wrong.addAll(check(known.get(), entry.value(), below));
              } else if (others.isPresent() && others.get() instanceof JsonObject of) {
                wrong.addAll(check(of, entry.value(), below));
              } else if (others.equals(Optional.of(new JsonBoolean(false)))) {
                wrong.add(below + ": unknown");
              }
            });
    for (String name : schema.array("required").map(SchemaChecker::texts).orElse(List.of())) {
      if (!mapping.entries().containsKey(name)) {
        wrong.add(path + ": without " + name);
      }
    }
  }

  private JsonObject resolve(String ref) {
    String name = ref.substring("#/$defs/".length());
    return root.object("$defs").flatMap(of -> of.object(name)).orElseThrow();
  }

  private static boolean fits(List<String> types, String type) {
    return types.contains(type) || (type.equals("integer") && types.contains("number"));
  }

  private static List<String> types(JsonObject schema) {
    return schema
        .text("type")
        .map(List::of)
        .orElseGet(() -> texts(schema.array("type").orElseThrow()));
  }

  private static List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : array) {
      texts.add(value instanceof JsonString(String text) ? text : "");
    }
    return texts;
  }

  private static String type(Value value) {
    return switch (value) {
      case Items _ -> "array";
      case Mapping _ -> "object";
      case Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> "string";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case FLAG -> "boolean";
            case NOTHING -> "null";
          };
    };
  }
}
