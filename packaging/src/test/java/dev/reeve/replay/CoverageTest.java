package dev.reeve.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.CommandLineInterface;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code reeve test rules --coverage} says of tests that show something, and of some that do
 * not.
 */
class CoverageTest {
  private static final String POSITIVE =
      test(
          "idle",
          List.of("0x150", "0x150", "1x150"),
          "actions: [{remedy: notify, workload: k8s/a/Job/x}]");
  private static final String NEGATIVE = test("busy", List.of("0.5x150", "0.5x150", "1x150"), "");
  private static final String MISSING =
      test("silent", List.of("0x5 _x145", "0x5 _x145", "1x5 _x145"), "");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static String test(String name, List<String> values, String expect) {
    return """
      - name: NAME
        series:
          - {series: 'gpu_engine_active{workload="k8s/a/Job/x",gpu="G"}', values: ACTIVE}
          - {series: 'gpu_utilization{workload="k8s/a/Job/x",gpu="G"}', values: USED}
          - {series: 'workload_info{workload="k8s/a/Job/x",kind="training"}', values: INFO}
        expect:
          - {at: 40m, rule: idle-workload, EXPECT}
    """
        .indent(-2)
        .replace("NAME", name)
        .replace("ACTIVE", values.get(0))
        .replace("USED", values.get(1))
        .replace("INFO", values.get(2))
        .replace(", EXPECT", expect.isEmpty() ? "" : ", " + expect);
  }

  @Test
  void saysYesWhereEachCaseHasATest() throws Exception {
    assertEquals(0, run(POSITIVE + NEGATIVE + MISSING), text());
    assertTrue(
        text().contains("idle-workload  1 test  1 test         1 test        2 of "), text());
    assertTrue(text().contains("1 rules with all three cases, 0 without\n"), text());
    assertTrue(
        text().contains("idle-workload  known  max(process.cpu_rate, 30m) < 0.05 cores\n"), text());
  }

  @Test
  void saysNoWhereNothingShowsThatItFinds() throws Exception {
    assertEquals(1, run(NEGATIVE + MISSING), text());
    assertTrue(text().contains("idle-workload  no test  1 test         1 test "), text());
  }

  @Test
  void saysNoWhereNothingShowsThatItLetsWorkAlone() throws Exception {
    assertEquals(1, run(POSITIVE + MISSING), text());
    assertTrue(text().contains("idle-workload  1 test  no test        1 test "), text());
  }

  @Test
  void saysNoWhereNothingShowsWhatMissingDataDoes() throws Exception {
    assertEquals(1, run(POSITIVE + NEGATIVE), text());
    assertTrue(text().contains("idle-workload  1 test  1 test         no test "), text());
  }

  @Test
  void aWindowThatIsNotFullYetIsNoMissingData() throws Exception {
    String young = test("young", List.of("0x150", "0x150", "1x150"), "").replace("40m", "20m");
    assertEquals(1, run(POSITIVE + NEGATIVE + young), text());
    assertTrue(text().contains("no test"), text());
  }

  @Test
  void staleAndAbsentSeriesAreMissingData() throws Exception {
    String stale = test("stale", List.of("0x5 stalex145", "0x150", "1x150"), "");
    assertEquals(0, run(POSITIVE + NEGATIVE + stale), text());
    String absent = test("absent", List.of("0x150", "_x150", "1x150"), "");
    assertEquals(0, run(POSITIVE + NEGATIVE + absent), text());
  }

  @Test
  void aTestThatFailsShowsNothing() throws Exception {
    assertEquals(1, run(POSITIVE.replace("0x150", "0.9x150") + NEGATIVE + MISSING), text());
    assertTrue(text().contains("idle-workload  no test  1 test         1 test "), text());
  }

  @Test
  void asksOnlyForRulesThatTheChosenTestsName() throws Exception {
    assertEquals(1, run(POSITIVE + NEGATIVE + MISSING, "--run", "idle"), text());
    assertTrue(text().contains("idle-workload  1 test  no test"), text());
    assertEquals(1, run(POSITIVE, "--run", "nothing"), text());
    assertTrue(text().contains("0 rules with all three cases, 0 without\n0 passed"), text());
  }

  @Test
  void saysTheSameToPrograms() throws Exception {
    Path junit = folder.resolve("out.xml");
    assertEquals(1, run(POSITIVE + NEGATIVE, "-o", "json", "--junit", junit.toString()));
    JsonObject json = Json.readObject(text().strip());
    assertEquals(1, json.whole("v").orElseThrow());
    assertTrue(
        text()
            .contains(
                "\"coverage\":[{\"rule\":\"idle-workload\",\"positive\":[\"idle\"],\"negative\":[\"busy\"],"
                    + "\"missing\":[],\"lacks\":[\"missing\"],\"leaves\":[{\"subject\":"),
        text());
    assertTrue(
        Files.readString(junit).contains("<failure message=\"no test of: missing\"/>"),
        Files.readString(junit));
  }

  @Test
  void theShippedRulesHaveATestOfEachCase() {
    assertEquals(0, command("test", "rules", "../rules/src/test/scenarios", "--coverage"), text());
  }

  private int run(String tests, String... more) throws IOException {
    Path file = folder.resolve("site.test.yaml");
    Files.writeString(file, "tests:\n" + tests);
    List<String> all = new ArrayList<>(List.of("test", "rules", file.toString(), "--coverage"));
    all.addAll(List.of(more));
    if (!all.contains("--run")) {
      all.addAll(List.of("--run", "."));
    }
    return command(all.toArray(String[]::new));
  }

  private int command(String... arguments) {
    out.reset();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return CommandLineInterface.run(arguments);
    } finally {
      System.setOut(before);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
