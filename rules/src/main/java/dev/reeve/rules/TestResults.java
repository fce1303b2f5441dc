package dev.reeve.rules;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import dev.reeve.spi.RuleLoader.Tests;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What came of tests, as JSON between processes and on disk. */
final class TestResults {
  private TestResults() {}

  static JsonObject json(Tests tests) {
    return Json.object()
        .put("passed", tests.passed())
        .put("failed", Json.array(tests.failed().stream().map(TestResults::json).toList()))
        .build();
  }

  private static JsonObject json(Tests.Failed failed) {
    return Json.object()
        .put("file", failed.file())
        .put("name", failed.name())
        .put("rules", Json.texts(List.copyOf(failed.rules())))
        .put("why", failed.why())
        .build();
  }

  /** What is not there is none. */
  static Tests read(JsonObject json) {
    List<Tests.Failed> failed = new ArrayList<>();
    json.array("failed")
        .ifPresent(
            array ->
                array.forEach(
                    value -> {
                      if (value instanceof JsonObject one) {
                        failed.add(failed(one));
                      }
                    }));
    return new Tests((int) json.whole("passed").orElse(0), failed);
  }

  private static Tests.Failed failed(JsonObject json) {
    SortedSet<String> rules = new TreeSet<>();
    json.array("rules")
        .ifPresent(
            array -> {
              for (JsonValue value : array) {
                if (value instanceof JsonString(String id)) {
                  rules.add(id);
                }
              }
            });
    return new Tests.Failed(
        json.text("file").orElse(""),
        json.text("name").orElse(""),
        rules,
        json.text("why").orElse(""));
  }
}
