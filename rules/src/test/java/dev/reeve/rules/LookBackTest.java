package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.replay.Backtest;
import dev.reeve.replay.LookBack;
import dev.reeve.spi.History;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookBackTest {
  @TempDir private Path folder;

  /** Busy for two hours, then idle for four, then busy again. */
  private static Past past() {
    return new Past(
        2,
        Duration.ofHours(8),
        (gpu, minute) -> Optional.of(gpu == 1 || minute < 120 || minute > 360));
  }

  @Test
  void saysWhyAWorkloadWasJudgedAsItWasAtATimeThatIsPast() throws Exception {
    String busy = Json.write(at(Duration.ofMinutes(110)));
    String idle = Json.write(at(Duration.ofMinutes(200)));
    String again = Json.write(at(Duration.ofMinutes(400)));
    assertTrue(rule(busy).contains("\"truth\":\"false\""), rule(busy));
    assertTrue(rule(idle).contains("\"truth\":\"true\""), rule(idle));
    assertTrue(rule(idle).contains("\"state\":\"due\""), rule(idle));
    assertTrue(rule(again).contains("\"truth\":\"false\""), rule(again));
    assertTrue(idle.contains("\"time\":\"2024-05-29T19:46:40Z\""), idle);
    assertTrue(idle.contains("read from 2024-05-29T16:26:40Z to 2024-05-29T19:46:40Z"), idle);
  }

  @Test
  void endsNobodySoThatWhatWouldHaveBeenEndedIsStillExplained() throws Exception {
    String late = Json.write(at(Duration.ofMinutes(350)));
    assertTrue(late.contains("k8s/team0/Job/job-0"), late);
    assertTrue(rule(late).contains("\"truth\":\"true\""), rule(late));
  }

  @Test
  void knowsNothingOfATimeAfterItsEnd() throws Exception {
    JsonObject after = at(Duration.ofHours(8).plusMinutes(1).plusSeconds(50));
    assertTrue(
        Json.write(after).contains("its platform has not shown it for 1m50s"), Json.write(after));
  }

  @Test
  void refusesATimeOfWhichNothingIsKept() {
    History.HistoryException nothing =
        assertThrows(History.HistoryException.class, () -> at(Duration.ofMinutes(-1)));
    assertEquals(
        "nothing is known of the time before 2024-05-29T16:25:40Z; what is read is set by --since",
        nothing.getMessage());
  }

  @Test
  void saysTheSameTwice() throws Exception {
    assertEquals(Json.write(at(Duration.ofMinutes(200))), Json.write(at(Duration.ofMinutes(200))));
  }

  /** What one rule says, without the others. */
  private static String rule(String all) {
    int from = all.indexOf("\"rule\":\"idle-workload\"");
    assertTrue(from > 0, all);
    int to = all.indexOf("\"rule\":", from + 8);
    return to < 0 ? all.substring(from) : all.substring(from, to);
  }

  private JsonObject at(Duration after) throws Exception {
    ReeveConfig read =
        ReeveConfig.read(ConfigReader.parse(Path.of("reeve.yaml"), "").root(), Host.current());
    try (RuleEngine engine = DroolsRuleEngineProvider.shipped(Limits.DEFAULT)) {
      return new LookBack(
              engine,
              _ -> new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a test"),
              new Backtest.Question(
                  Duration.ofMinutes(1),
                  read.guard(),
                  Duration.ofHours(24),
                  Optional.empty(),
                  folder),
              "what is read is set by --since")
          .explain(past(), Past.START + after.toNanos(), "job-0");
    }
  }
}
