package dev.reeve.rules;

import dev.reeve.replay.RuleTests;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader.Tests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Runs the tests that stand beside rules, in the process that compiled them. */
final class OwnTests {
  private final CompiledRules compiled;
  private final Path folder;

  /** Told before each file, so that a process that dies has said of what. */
  interface Watcher {
    void about(String what, String file) throws IOException;
  }

  /**
   * @param folder an empty one; messages name files as they are below it
   */
  OwnTests(CompiledRules compiled, Path folder) {
    this.compiled = compiled;
    this.folder = folder;
  }

  Tests run(SortedMap<String, String> texts, Watcher watcher)
      throws IOException, InterruptedException, RuleEngine.RuleEngineException {
    int passed = 0;
    List<Tests.Failed> failed = new ArrayList<>();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    try (RuleEngine engine = DroolsRuleEngine.load(compiled, "tests", Limits.DEFAULT)) {
      RuleTests tests = new RuleTests(engine, _ -> true, scratch);
      for (Map.Entry<String, String> text : texts.entrySet()) {
        if (!RuleTests.named(text.getKey())) {
          continue;
        }
        watcher.about("testing by " + text.getKey(), text.getKey());
        Path file = Files.writeString(folder.resolve(text.getKey()), text.getValue());
        for (RuleTests.Result result : tests.run(file)) {
          if (result.passed()) {
            passed++;
          } else {
            failed.add(failed(text.getKey(), result));
          }
        }
      }
    }
    return new Tests(passed, failed);
  }

  private static Tests.Failed failed(String file, RuleTests.Result result) {
    String why = String.join("\n", result.failures());
    return new Tests.Failed(file, result.name(), result.rules(), why);
  }
}
