package dev.reeve.daemon;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.spi.RuleLoader.Tests;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is said of the tests that stand beside the rules. */
final class TestsView {
  private static final String UNKNOWN = "unknown";

  private TestsView() {}

  static JsonObject json(Tests tests) {
    return Json.object()
        .put("passed", tests.passed())
        .put("failed", Json.array(tests.failed().stream().map(TestsView::json).toList()))
        .build();
  }

  private static JsonObject json(Tests.Failed failed) {
    return Json.object()
        .put("file", failed.file())
        .put("test", failed.name())
        .put("rules", Json.texts(List.copyOf(failed.rules())))
        .put("why", failed.why())
        .build();
  }

  /** How many fail, by the rules that they are about. */
  static SortedMap<String, Integer> byRule(Tests tests) {
    SortedMap<String, Integer> byRule = new TreeMap<>();
    for (Tests.Failed failed : tests.failed()) {
      if (failed.rules().isEmpty()) {
        byRule.merge(UNKNOWN, 1, Integer::sum);
      }
      failed.rules().forEach(rule -> byRule.merge(rule, 1, Integer::sum));
    }
    return byRule;
  }
}
