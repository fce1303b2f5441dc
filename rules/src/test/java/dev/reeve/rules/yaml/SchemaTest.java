package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Value;
import dev.reeve.config.YamlTree;
import dev.reeve.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final String SHIPPED = "rules/src/main/resources/META-INF/reeve/rules/";

  private final JsonObject schema = RuleSchema.json();

  @Test
  void acceptsWhatIsShippedAndWhatTheDocsShow() throws IOException {
    for (String name : List.of("gpu.yaml", "training.yaml", "serving.yaml", "money.yaml")) {
      assertEquals(List.of(), check(Files.readString(Repository.file(SHIPPED + name))));
    }
    for (String text :
        Repository.fenced(Files.readString(Repository.file("docs/rules.md")), "yaml")) {
      assertEquals(List.of(), check(text), text);
    }
  }

  @Test
  void refusesWhatTheReaderRefusesByShape() {
    assertFalse(check("rules: []\n").isEmpty());
    assertFalse(check("pack: {name: a, version: 0}\n").isEmpty());
    assertFalse(check("pack: {name: a, version: 1, color: red}\n").isEmpty());
    assertFalse(
        check("pack: {name: a, version: 1}\noverrides: [{rule: a, mode: kill}]\n").isEmpty());
    assertFalse(
        check("pack: {name: a, version: 1}\noverrides: [{rule: a, except: [{when: {not: [a]}}]}]\n")
            .isEmpty());
  }

  @Test
  void hasEveryKeyThatTheReaderKnows() {
    JsonObject shapes = schema.object("$defs").orElseThrow();
    for (RuleKeys.Shape shape : RuleKeys.SHAPES) {
      JsonObject properties =
          shapes.object(shape.name()).flatMap(of -> of.object("properties")).orElseThrow();
      for (String key : shape.names()) {
        assertTrue(properties.object(key).isPresent(), shape.name() + "." + key);
      }
    }
  }

  private List<String> check(String text) {
    Value value =
        YamlTree.read(
                "f",
                text,
                (_, problem) -> {
                  throw new AssertionError(problem.toString());
                })
            .orElseThrow();
    return new SchemaChecker(schema).check(value);
  }
}
