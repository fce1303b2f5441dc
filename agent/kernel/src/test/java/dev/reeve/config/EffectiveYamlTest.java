package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Section.Range;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EffectiveYamlTest {
  @Test
  void saysWhereEachValueComesFrom() {
    Configuration configuration =
        ConfigReader.parse(
            Path.of("reeve.yaml"),
            """
            # a comment
            cycle: 30s
            notifiers:
              chat:
              - url: http://127.0.0.1/x
                token: hunter2
            """);
    Section root = configuration.root();
    root.duration("cycle", java.time.Duration.ofSeconds(15));
    root.section("http").integer("limit", 8, Range.POSITIVE);
    root.section("node").text("name");
    for (Section chat : root.section("notifiers").sections("chat")) {
      chat.uri("url");
      chat.secret("token");
    }
    assertEquals(
        """
        cycle: 30s  # reeve.yaml:2
        http:
          limit: 8  # default
        # node:
          # name: not set
        notifiers:
          chat:
            - url: "http://127.0.0.1/x"  # reeve.yaml:5
              token: "********"  # reeve.yaml:6
              # token_file: not set
        """,
        configuration.yaml(true));
  }

  @Test
  void readsAsTheSameAgain() {
    String text = "node: {name: 'no: \"x\\y\" # z'}\nguard: {protect: ['*/a b', true]}\n";
    Configuration once = ConfigReader.parse(Path.of("reeve.yaml"), text);
    ReeveConfig config = ReeveConfig.read(once.root(), ReeveConfigTest.ROOT);
    Configuration twice = ConfigReader.parse(Path.of("reeve.yaml"), once.yaml(true));
    assertEquals(config, ReeveConfig.read(twice.root(), ReeveConfigTest.ROOT));
    assertTrue(twice.finish().isEmpty(), twice.finish().text());
    assertEquals(once.yaml(false), twice.yaml(false));
  }
}
