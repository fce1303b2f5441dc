package dev.reeve.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.Plugins;
import dev.reeve.model.Rule;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.Clocks;
import dev.reeve.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules' own scenarios, and that a scenario can fail. */
class ScenariosTest {
  private static final Path SCENARIOS = Path.of("../rules/src/test/scenarios");
  private static final String IDLE =
      """
      tests:
        - name: idle
          series:
            - {series: 'gpu_engine_active{workload="k8s/a/Job/x",gpu="G"}', values: 0x150}
            - {series: 'gpu_utilization{workload="k8s/a/Job/x",gpu="G"}', values: 0x150}
            - {series: 'workload_info{workload="k8s/a/Job/x",kind="training"}', values: 1x150}
          expect:
            - at: 50m
              rule: idle-workload
              actions: [{remedy: notify, workload: k8s/a/Job/x}, {remedy: terminate, workload: k8s/a/Job/x}]
      """;

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private RuleEngine engine;

  @BeforeEach
  void loadTheShippedRules() throws Exception {
    Ticker still =
        new Ticker() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public void sleep(Duration time) {}
        };
    engine =
        Plugins.engine(
            List.of(),
            new Surroundings(
                new Clocks(still, still, () -> Instant.EPOCH, "boot", 1), folder, folder));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void allScenariosOfTheShippedRulesHold() throws Exception {
    RuleTests tests = new RuleTests(engine, _ -> true, folder);
    List<String> failures = new ArrayList<>();
    TreeSet<String> files = new TreeSet<>();
    int count = 0;
    try (Stream<Path> all = Files.list(SCENARIOS)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        files.add(String.valueOf(file.getFileName()).replace(".yaml", ""));
        for (RuleTests.Result result : tests.run(file)) {
          count++;
          result.failures().forEach(failure -> failures.add(result.name() + ": " + failure));
        }
      }
    }
    assertEquals(List.of(), failures);
    assertTrue(count >= 90, count + " scenarios");
    assertEquals(
        new TreeSet<>(engine.ruleSet().rules().stream().map(Rule::id).toList()),
        files,
        "one file for each rule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at: 50m|at: 40m|expected the actions [notify k8s/a/Job/x, terminate k8s/a/Job/x], found"
            + " [notify k8s/a/Job/x]",
        ", {remedy: terminate, workload: k8s/a/Job/x}||found [notify k8s/a/Job/x, terminate"
            + " k8s/a/Job/x]",
        "rule: idle-workload|rule: runaway-run|found []; done by now: terminate k8s/a/Job/x by"
            + " idle-workload at 4",
        "rule: idle-workload|rule: idle-work|expected one of the rules cpu-work-on-gpu,"
            + " data-stalled",
        "remedy: notify|remedy: tell|expected a remedy such as notify or terminate",
        "values: 1x150|values: 1y150|expected values such as 0x60",
        "series: 'work|sereis: 'work|the unknown key 'sereis'",
        "gpu_utilization{|gpu_utilisation{|the name gpu_utilisation means nothing here",
        "gpu=\"G\"}', values: 0x150}|gpu=G}', values: 0x150}|expected a sample",
        "workload=\"k8s/a/Job/x\",gpu|workload=\"x\",gpu|a workload is written"
            + " platform/namespace/kind/name",
      })
  void saysWhatIsNotAsExpected(String from, String to, String message) throws Exception {
    String text = IDLE.replace(from, to == null ? "" : to);
    List<RuleTests.Result> results = run(text);
    String failures = String.join("\n", results.getFirst().failures());
    assertTrue(failures.contains(message), failures);
  }

  @Test
  void runsOnlyWhatIsChosen() throws Exception {
    Path file = Files.writeString(folder.resolve("test.yaml"), IDLE);
    assertEquals(List.of(), new RuleTests(engine, "other"::equals, folder).run(file));
    assertEquals(1, new RuleTests(engine, "idle"::equals, folder).run(file).size());
  }

  @Test
  void saysWhatWasHeldUpInstead() throws Exception {
    String text =
        IDLE.replace("50m", "40m").replace(", {remedy: terminate, workload: k8s/a/Job/x}", "")
            + "        suppressed: [{remedy: terminate, workload: k8s/a/Job/x, guard: budget}]\n";
    assertEquals(
        List.of(
            "at 40m, idle-workload: expected terminate k8s/a/Job/x held up by budget, found nothing"
                + " held up"),
        run(text).getFirst().failures());
  }

  private List<RuleTests.Result> run(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("test.yaml"), text);
    return new RuleTests(engine, _ -> true, folder).run(file);
  }
}
