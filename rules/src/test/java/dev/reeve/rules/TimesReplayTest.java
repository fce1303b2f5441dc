package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Rule;
import dev.reeve.replay.Backtest;
import dev.reeve.rules.yaml.RuleSources;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of the week in a replay go by the wall time of the recording: a Wednesday, 16:26 UTC. */
class TimesReplayTest {
  @TempDir private Path folder;

  @Test
  void whatWasSeenInTheNightIsNoWasteOfTheWorkingDay() throws Exception {
    assertEquals(
        List.of("notify told 2024-05-30T06:30:10Z", "terminate go 2024-05-30T06:45:10Z"),
        replay("thu 08:00-12:00 Europe/Berlin"));
  }

  @Test
  void anEpisodeEndsWithItsTimes() throws Exception {
    // seen since 18:26:40, warned at 18:56:40; at 19:11 the time is over, and so is the evidence
    assertEquals(
        List.of("notify told 2024-05-29T16:56:40Z"), replay("wed 18:00-19:00 Europe/Berlin"));
  }

  @Test
  void aRangeOverMidnightIsOneTime() throws Exception {
    assertEquals(
        List.of("notify told 2024-05-29T22:30:10Z", "terminate go 2024-05-29T22:45:10Z"),
        replay("wed 22:00-02:00 UTC"));
  }

  private List<String> replay(String times) throws Exception {
    return replay("times: '" + times + "'", 1, "", folder).stream()
        .map(TimesReplayTest::line)
        .limit(2)
        .toList();
  }

  /**
   * What a day comes to under the shipped rule, in which GPUs fall idle one an hour, each of its
   * own workload: many at once would make the guard doubt the observer.
   */
  static List<JsonObject> replay(String override, int gpus, String configuration, Path folder)
      throws Exception {
    String text =
        """
        pack: {name: site, version: 1}
        overrides:
          - {rule: idle-workload, %s}
        """
            .formatted(override);
    RuleSources.Loaded loaded = RuleSources.parse(new LinkedHashMap<>(Map.of("site.yaml", text)));
    assertEquals("", loaded.report());
    List<Rule> rules =
        loaded.rules().stream().filter(rule -> rule.id().equals("idle-workload")).toList();
    ReeveConfig config =
        ReeveConfig.read(
            ConfigReader.parse(Path.of("reeve.yaml"), configuration).root(), Host.current());
    try (RuleEngine engine = Engines.of(rules)) {
      Backtest backtest =
          new Backtest(
              engine,
              _ -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a test"),
              new Backtest.Question(
                  config.cycle(), config.guard(), Duration.ofHours(1), Optional.empty(), folder));
      List<JsonObject> actions = new ArrayList<>();
      backtest.run(
          new Past(gpus, Duration.ofHours(24), (gpu, minute) -> Optional.of(minute < 60 * gpu)),
          actions::add,
          _ -> {});
      return actions;
    }
  }

  private static String line(JsonObject action) {
    return action.text("remedy").orElseThrow()
        + " "
        + action.object("verdict").orElseThrow().text("word").orElseThrow()
        + " "
        + action.text("time").orElseThrow();
  }
}
