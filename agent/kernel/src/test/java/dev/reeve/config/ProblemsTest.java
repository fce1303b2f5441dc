package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
  private static final String BROKEN =
      """
      node: {}
      cycle: 15
      http:
        lissten: localhost:9410
      """;

  @Test
  void showsEachProblemInItsPlace() {
    assertEquals(
        """
        reeve.yaml:2:8: cycle: expected a time with its unit (15ms, 15s, 15m, 15h or 15d), found '15'
            2 | cycle: 15
              |        ^
        reeve.yaml:4:3: http.lissten: expected one of the keys enabled, listen, found the unknown \
        key 'lissten'; did you mean 'listen'?
            4 |   lissten: localhost:9410
              |   ^
        """,
        read(BROKEN).text());
  }

  @Test
  void tellsProgramsTheSame() {
    assertEquals(
        "{\"version\":1,\"problems\":[{\"file\":\"reeve.yaml\",\"line\":2,\"column\":8,\"key\":\"cycle\",\"expected\":\"a"
            + " time with its unit (15ms, 15s, 15m, 15h or 15d)\","
            + "\"found\":\"'15'\",\"nearest\":\"\"}]}",
        read("\ncycle: 15").json());
  }

  @Test
  void sendsNoControlCharactersToATerminal() {
    var problems = new Problems();
    problems.source("x", java.util.List.of("a\u001b[31m\tb\u202e"));
    problems.add(new Problem(new Place("x", 1, 3), "", "a", "b", ""));
    assertTrue(problems.text().contains("a?[31m b?\n"), problems.text());
  }

  @Test
  void hidesTheSecretInALine() {
    assertEquals("  api_token: ********", Masking.line("  api_token: hunter2"));
    assertEquals("{\"Password\": ********", Masking.line("{\"Password\": \"x\"}"));
    assertEquals("token_file: /run/x", Masking.line("token_file: /run/x"));
  }

  private static Problems read(String text) {
    Configuration configuration = ConfigReader.parse(Path.of("reeve.yaml"), text);
    ReeveConfig.read(configuration.root(), ReeveConfigTest.ROOT);
    return configuration.finish();
  }
}
