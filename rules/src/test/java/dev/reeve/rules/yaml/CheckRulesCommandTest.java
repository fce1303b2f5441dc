package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as the launcher finds it. */
class CheckRulesCommandTest {
  private static final int SHIPPED = RuleSources.shipped().rules().size();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @Test
  void saysYesAndShowsTheRules() throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), PackReaderTest.RULE);
    assertEquals(0, run("check", "rules", "--ignore-permissions", file.toString()));
    assertTrue(text().contains("quiet"), text());
    assertTrue(text().endsWith(SHIPPED + 1 + " rules, 0 errors, 0 warnings\n"), text());
  }

  @Test
  void saysNoAndPointsToThePlace() throws IOException {
    String wrong = PackReaderTest.RULE.replace("gpu.utilization, 30m", "gpu.utilisation, 30m");
    Path file = Files.writeString(folder.resolve("site.yaml"), wrong);
    assertEquals(1, run("check", "rules", "--ignore-permissions", file.toString()));
    String expected =
        """
        error[RV0404] No such signal or attribute
          --> FILE:21:13
           20 |       - max(gpu.engine_active, 30m) < $below
           21 |       - max(gpu.utilisation, 30m) < $below
              |             ^^^^^^^^^^^^^^^
          rules[0].when[1]: expected the name of a signal, found 'gpu.utilisation'; did you mean 'gpu.utilization'?
          why: Names are matched exactly; the list stands in docs/rules.md.
          instead: max(gpu.engine_active, 30m), run.not_finite

        SHIPPED rules, 1 errors, 0 warnings
        """;
    assertEquals(
        expected.replace("FILE", file.toString()).replace("SHIPPED", "" + SHIPPED), text());
  }

  @Test
  void theCaretStandsUnderItsPlaceBehindWideCharacters() throws IOException {
    String wrong =
        PackReaderTest.RULE.replace("    subject: workload", "    sub\u6f22e\u0301ect: workload");
    Path file = Files.writeString(folder.resolve("site.yaml"), wrong);
    assertEquals(1, run("check", "rules", "--ignore-permissions", file.toString()));
    assertTrue(text().contains("sub\u6f22e\u0301ect: workload\n      |     ^^^^^^^^^\n"), text());
  }

  @Test
  void saysTheSameToPrograms() throws Exception {
    Path file = Files.writeString(folder.resolve("site.yaml"), "pack: {name: a}\nrules: [x]\n");
    assertEquals(1, run("check", "rules", "-o", "json", "--ignore-permissions", file.toString()));
    JsonObject json = Json.readObject(text());
    assertEquals(1, json.whole("v").orElseThrow());
    assertEquals(false, json.bool("ok").orElseThrow());
    assertTrue(text().contains("\"code\":\"RV0111\",\"severity\":\"error\""), text());
    assertTrue(text().contains("\"line\":2,\"column\":9"), text());
  }

  @Test
  void refusesAFileThatOthersMayWrite() throws Exception {
    Path file = Files.writeString(folder.resolve("site.yaml"), PackReaderTest.RULE);
    new ProcessBuilder("chmod", "666", file.toString()).start().waitFor();
    assertEquals(1, run("check", "rules", file.toString()));
    assertTrue(text().startsWith("error[RV0004]"), text());
  }

  @Test
  void wrongUsageIsTwo() {
    assertEquals(2, run("check", "rules"));
  }

  @Test
  void printsTheSchema() throws Exception {
    assertEquals(0, run("schema", "rules"));
    assertEquals(RuleSchema.json(), Json.readObject(text().strip()));
  }

  private int run(String... arguments) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return dev.reeve.cli.CommandLineInterface.run(arguments);
    } finally {
      System.setOut(before);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
