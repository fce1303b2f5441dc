package dev.reeve.rules.yaml;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.rules.yaml.RuleKeys.Key;
import dev.reeve.rules.yaml.RuleKeys.Shape;
import dev.reeve.rules.yaml.RuleKeys.Type;
import java.util.List;

/** The JSON Schema of rule files, made of the keys that the reader knows. */
final class RuleSchema {
  private static final String TIME = "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$";

  private RuleSchema() {}

  static JsonObject json() {
    JsonObjectBuilder shapes = Json.object();
    RuleKeys.SHAPES.forEach(shape -> shapes.put(shape.name(), mapping(shape)));
    shapes.put("when", when());
    return Json.object()
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("title", "Reeve rules")
        .put("$ref", "#/$defs/file")
        .put("$defs", shapes)
        .build();
  }

  private static JsonObject mapping(Shape shape) {
    JsonObjectBuilder properties = Json.object();
    shape.keys().forEach(key -> properties.put(key.name(), property(key)));
    List<String> required = shape.keys().stream().filter(Key::required).map(Key::name).toList();
    return Json.object()
        .put("type", "object")
        .put("additionalProperties", false)
        .put("required", Json.texts(required))
        .put("properties", properties)
        .build();
  }

  private static JsonObject property(Key key) {
    JsonObjectBuilder property = Json.object().put("description", key.meaning());
    switch (key.type()) {
      case Type.Text text -> property.put("type", "string").put("maxLength", text.longest());
      case Type.Whole _ ->
          property.put("type", "integer").put("minimum", 1).put("maximum", 1_000_000);
      case Type.Word word -> property.put("enum", Json.texts(word.words()));
      case Type.Words words ->
          property
              .put("type", "array")
              .put("minItems", 1)
              .put("items", Json.object().put("enum", Json.texts(words.words())));
      case Type.Time _ -> property.put("type", "string").put("pattern", TIME);
      case Type.Texts texts ->
          property.put(
              "oneOf",
              Json.array(
                  text(texts.longest()),
                  Json.object()
                      .put("type", "array")
                      .put("minItems", 1)
                      .put("items", text(texts.longest()))
                      .build()));
      case Type.When _ -> property.put("$ref", "#/$defs/when");
      case Type.Ladder _ ->
          property
              .put("type", "array")
              .put("minItems", 1)
              .put("maxItems", 32)
              .put("items", Json.object().put("type", "string"));
      case Type.Values values ->
          property
              .put("type", "object")
              .put(
                  "additionalProperties",
                  Json.object().put("oneOf", Json.array(quantity(), ref(values.shape()))));
      case Type.One one -> property.put("$ref", "#/$defs/" + one.shape().name());
      case Type.Many many -> property.put("type", "array").put("items", ref(many.shape()));
      case Type.Quantity _ -> property.put("type", Json.texts(List.of("string", "number")));
    }
    return property.build();
  }

  private static JsonObject text(int longest) {
    return Json.object().put("type", "string").put("maxLength", longest).build();
  }

  private static JsonObject quantity() {
    return Json.object().put("type", Json.texts(List.of("string", "number"))).build();
  }

  private static JsonObject ref(Shape shape) {
    return Json.object().put("$ref", "#/$defs/" + shape.name()).build();
  }

  /** A text, a list, or one of all and any. */
  private static JsonObject when() {
    JsonObject again = Json.object().put("$ref", "#/$defs/when").build();
    JsonObject list =
        Json.object().put("type", "array").put("minItems", 1).put("items", again).build();
    JsonObject group =
        Json.object()
            .put("type", "object")
            .put("additionalProperties", false)
            .put("minProperties", 1)
            .put("maxProperties", 1)
            .put("properties", Json.object().put("all", list).put("any", list))
            .build();
    return Json.object().put("oneOf", Json.array(text(Lexer.LONGEST), list, group)).build();
  }
}
