package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.replay.Backtest;
import dev.reeve.replay.Totals;
import dev.reeve.spi.RuleEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  @TempDir private Path folder;

  @Test
  void endsWhatIsIdleOnceAfterItsNoticeAndCountsWhatThatSaves() throws Exception {
    List<JsonObject> actions =
        run(new Past(2, Duration.ofHours(10), (gpu, _) -> Optional.of(gpu == 1)), "");
    assertEquals(
        List.of("notify told 0:30:00", "terminate go 0:45:00"), lines(actions), text(actions));
    JsonObject end = actions.get(1);
    assertEquals("k8s/team0/Job/job-0", end.text("workload").orElseThrow());
    assertTrue(Json.write(end).contains("\"false_kill\":false"), Json.write(end));
    JsonObject sum = actions.getLast();
    // from 45 minutes on to the end of ten hours, at 2.50 USD/h
    assertTrue(Json.write(sum).contains("\"gpu_hours\":9.250"), Json.write(sum));
    assertTrue(Json.write(sum).contains("\"amount\":\"23.125"), Json.write(sum));
  }

  @Test
  void countsAsFalseWhatWorksAgainWithinTheHorizonAndAsGoneUntilThen() throws Exception {
    List<JsonObject> actions =
        run(new Past(1, Duration.ofHours(30), (_, minute) -> Optional.of(minute % 300 > 200)), "");
    assertEquals(List.of("notify told 0:30:00", "terminate go 0:45:00"), lines(actions));
    String end = Json.write(actions.get(1));
    assertTrue(end.contains("\"false_kill\":true"), end);
    assertTrue(end.contains("\"active_again\":\"2024-05-29T19:47:10Z\""), end);
    assertTrue(end.contains("\"whole_horizon\":true"), end);
  }

  @Test
  void callsNothingFalseThatEndsByItself() throws Exception {
    List<JsonObject> actions =
        run(
            new Past(
                1,
                Duration.ofHours(5),
                (_, minute) -> minute < 90 ? Optional.of(false) : Optional.empty()),
            "");
    String end = Json.write(actions.get(1));
    assertTrue(end.contains("\"false_kill\":false"), end);
    assertTrue(end.contains("\"whole_horizon\":true"), end);
    assertTrue(end.contains("\"gpu_hours\":0.742"), end);
    // then the GPU belongs to nobody, which is told
    assertEquals("notify told 2:00:00", lines(actions).get(2), text(actions));
  }

  @Test
  void saysWhichGuardHeldUpWhat() throws Exception {
    List<JsonObject> actions =
        run(
            new Past(6, Duration.ofHours(2), (gpu, _) -> Optional.of(gpu > 2)),
            "guard: {protect: ['k8s/team1/*'], budget: {actions: 1, per: 1h}}");
    String all = text(actions);
    assertTrue(all.contains("\"guard\":\"protection\""), all);
    // two became due at once, and the budget has room for one: somebody would have been asked
    assertTrue(all.contains("\"word\":\"ask_human\",\"guard\":\"batch\""), all);
    assertEquals(0, lines(actions).stream().filter(line -> line.contains("terminate go")).count());
  }

  @Test
  void endsNothingWhereAllAreFoundIdleAtOnce() throws Exception {
    List<JsonObject> actions =
        run(new Past(3, Duration.ofHours(2), (_, _) -> Optional.of(false)), "");
    assertEquals(
        List.of(), lines(actions).stream().filter(line -> line.contains("terminate go")).toList());
    String all = text(actions);
    assertTrue(all.contains("\"word\":\"ask_human\",\"guard\":\"mass_veto\""), all);
  }

  @Test
  void doesNothingWithoutData() throws Exception {
    JsonObject sum =
        run(new Past(0, Duration.ofHours(1), (_, _) -> Optional.empty()), "").getLast();
    assertTrue(Json.write(sum).contains("nobody says who holds a GPU"), Json.write(sum));
  }

  @Test
  void saysTheSameBytesInAnotherProcess() throws Exception {
    String here = ReplayOnce.text(folder);
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReplayOnce.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String there = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, other.waitFor());
    assertTrue(here.lines().count() > 40, here.lines().count() + " lines");
    assertEquals(here, there);
  }

  private List<JsonObject> run(Past past, String config) throws Exception {
    return run(past, config, folder);
  }

  static List<JsonObject> run(Past past, String config, Path folder) throws Exception {
    ReeveConfig read =
        ReeveConfig.read(ConfigReader.parse(Path.of("reeve.yaml"), config).root(), Host.current());
    try (RuleEngine engine = DroolsRuleEngineProvider.shipped(Limits.DEFAULT)) {
      Backtest backtest =
          new Backtest(
              engine,
              _ -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a test"),
              new Backtest.Question(
                  read.cycle(), read.guard(), Duration.ofHours(24), Optional.empty(), folder));
      List<JsonObject> actions = new ArrayList<>();
      Totals totals = backtest.run(past, actions::add, _ -> {});
      actions.add(totals.json());
      return actions;
    }
  }

  /** Remedy, verdict and time since the start, of all but the summary. */
  private static List<String> lines(List<JsonObject> actions) {
    return actions.subList(0, actions.size() - 1).stream()
        .map(
            action -> {
              Duration after =
                  Duration.between(
                      Instant.ofEpochSecond(0, Past.START),
                      Instant.parse(action.text("time").orElseThrow()));
              return "%s %s %d:%02d:%02d"
                  .formatted(
                      action.text("remedy").orElseThrow(),
                      action.object("verdict").orElseThrow().text("word").orElseThrow(),
                      after.toHours(),
                      after.toMinutesPart(),
                      after.toSecondsPart());
            })
        .toList();
  }

  private static String text(List<JsonObject> actions) {
    return String.join("\n", actions.stream().map(Json::write).toList());
  }
}
