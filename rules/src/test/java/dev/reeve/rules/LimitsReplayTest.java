package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three workloads fall idle one after the other, of three owners; the operator's budget would end
 * them all.
 */
class LimitsReplayTest {
  private static final String LOOSE = "guard: {budget: {actions: 100, per: 1h}}";

  @TempDir private Path folder;

  @Test
  void withoutALimitAllOfThemEnd() throws Exception {
    List<JsonObject> actions = TimesReplayTest.replay("mode: act", 3, LOOSE, folder);
    assertEquals(3, count(actions, "notify", "told"));
    assertEquals(3, count(actions, "terminate", "go"));
  }

  @Test
  void aLimitEndsAsManyAsItAllows() throws Exception {
    List<JsonObject> actions =
        TimesReplayTest.replay("limits: [{actions: 1, per: 2d}]", 3, LOOSE, folder);
    assertEquals(1, count(actions, "terminate", "go"));
    assertEquals(2, count(actions, "terminate", "hold"));
    String all = String.join("\n", actions.stream().map(Json::write).toList());
    assertTrue(
        all.contains("1 of 1 plans are spent within 2d (limits of rule idle-workload)"), all);
  }

  @Test
  void aLimitInMoneyCountsWhatTheyCost() throws Exception {
    List<JsonObject> actions =
        TimesReplayTest.replay("limits: [{cost: 5 USD/h, per: 2d}]", 3, LOOSE, folder);
    assertEquals(2, count(actions, "terminate", "go"));
  }

  @Test
  void aLimitForEachOwnerHoldsNobodyElseBack() throws Exception {
    List<JsonObject> actions =
        TimesReplayTest.replay("limits: [{actions: 1, per: 2d, each: owner}]", 3, LOOSE, folder);
    assertEquals(3, count(actions, "terminate", "go"));
  }

  @Test
  void nothingIsDoneToWhomAThrottleDoesNotLetItTell() throws Exception {
    List<JsonObject> actions =
        TimesReplayTest.replay("throttle: [{notices: 1, per: 2d}]", 3, LOOSE, folder);
    assertEquals(1, count(actions, "notify", "told"));
    assertEquals(1, count(actions, "terminate", "go"));
    assertEquals(0, count(actions, "terminate", "hold"));
  }

  private static long count(List<JsonObject> actions, String remedy, String word) {
    return actions.stream()
        .filter(action -> action.text("remedy").orElse("").equals(remedy))
        .filter(
            action ->
                action.object("verdict").flatMap(of -> of.text("word")).orElse("").equals(word))
        .count();
  }
}
