package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import dev.reeve.model.RuleMode;
import dev.reeve.spi.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests beside rules keep a set from judging, but never what it forbids. */
class OwnTestsTest {
  @TempDir private Path folder;
  private final List<RuleLoader.Good> good = new ArrayList<>();
  private Path files = Path.of("");
  private CompilerProcess.Bounds bounds = CompilerProcess.Bounds.DEFAULT;

  @BeforeEach
  void make() throws IOException {
    files = Files.createDirectory(folder.resolve("rules.d"));
  }

  /** Loads, and journals it as the daemon would. */
  private RuleLoader.Loaded load() throws Exception {
    RuleLoader.Loaded loaded =
        new FolderRules(files, folder.resolve("state"), Limits.DEFAULT, bounds)
            .load(new RuleLoader.Past(good, Set.of()));
    if (loaded.observeOnly().isEmpty()) {
      good.remove(loaded.good());
      good.addFirst(loaded.good());
    }
    return loaded;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(files.resolve(name), text);
  }

  /** What a rule does to what is idle for 40 minutes. */
  private static String test(String rule, String actions) {
    return """
    tests:
      - name: idle for long
        series:
          - {series: 'gpu_engine_active{workload="k8s/a/Job/x",gpu="G"}', values: 0x100}
          - {series: 'gpu_utilization{workload="k8s/a/Job/x",gpu="G"}', values: 0x100}
        expect:
          - {at: 40m, rule: %s, actions: [%s]}
    """
        .formatted(rule, actions);
  }

  private static final String TOLD = "{remedy: notify, workload: k8s/a/Job/x}";

  private static Rule rule(RuleLoader.Loaded of, String id) {
    return of.engine().ruleSet().rule(id).orElseThrow();
  }

  @Test
  void aSetWhoseTestsHoldJudgesAndSaysHowManyThereAre() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("a.test.yaml", test("own-a", TOLD));
    RuleLoader.Loaded first = load();
    assertEquals("", first.problem());
    assertEquals(1, first.tests().passed());
    assertEquals(30, rule(first, "own-a").longestSpan().toMinutes());
    RuleLoader.Loaded again = load();
    assertEquals("", again.compiler(), "nothing was compiled or tested again");
    assertEquals(1, again.tests().passed());
  }

  @Test
  void rulesWithoutTestsJudge() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    assertEquals("", load().problem());
    assertFalse(load().tests().any());
  }

  @Test
  void aLooserRuleWhoseTestFailsDoesNotJudgeAndTheOldOneOnlyWarns() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("b.yaml", RuleFiles.rule("own-b", 30));
    write("a.test.yaml", test("own-a", TOLD));
    load();
    write("a.yaml", RuleFiles.rule("own-a", 30).replace("< 1%", "< 5%"));
    write("a.test.yaml", test("own-a", ""));
    write("b.yaml", RuleFiles.rule("own-b", 20));
    RuleLoader.Loaded next = load();
    assertTrue(
        next.problem().contains("the test 'idle for long' of a.test.yaml fails"), next.problem());
    assertTrue(next.problem().contains("(rule own-a)"), next.problem());
    assertTrue(next.problem().contains("expected the actions []"), next.problem());
    assertEquals(
        List.of("a.test.yaml"), next.tests().failed().stream().map(of -> of.file()).toList());
    assertTrue(rule(next, "own-a").toString().contains("0.01"), "it is as it was");
    assertEquals(Set.of("own-a"), next.held().keySet());
    assertEquals(20, rule(next, "own-b").longestSpan().toMinutes(), "others take effect");
    assertEquals("", next.observeOnly());
  }

  @Test
  void aNewRuleWhoseTestFailsDoesNotJudgeAtAFirstStart() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("a.test.yaml", test("own-a", ""));
    write("b.yaml", RuleFiles.rule("own-b", 30));
    RuleLoader.Loaded first = load();
    assertTrue(first.engine().ruleSet().rule("own-a").isEmpty());
    assertTrue(first.engine().ruleSet().rule("own-b").isPresent());
    assertEquals(1, first.tests().failed().size());
    assertEquals("", first.observeOnly());
  }

  @Test
  void aTightenedRuleJudgesAtOnceAlthoughItsTestFails() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("a.test.yaml", test("own-a", TOLD));
    load();
    write(
        "a.yaml",
        RuleFiles.rule("own-a", 30)
            .replace("    acts_on", "    except: [{name: \"*\"}]\n    acts_on"));
    RuleLoader.Loaded next = load();
    assertTrue(rule(next, "own-a").toString().contains("patterns=[*]"), "the exception holds");
    assertTrue(next.problem().contains("a.test.yaml fails"), next.problem());
    assertTrue(next.problem().contains("nothing in it is new or looser"), next.problem());
    RuleLoader.Loaded again = load();
    assertEquals(next.good(), again.good());
    assertTrue(again.problem().contains("a.test.yaml fails"), "it is still said after a restart");
    assertTrue(again.problem().contains("nothing in it is new or looser"), again.problem());
  }

  @Test
  void aRemovedRuleIsGoneAlthoughAnotherOnesTestFails() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("b.yaml", RuleFiles.rule("own-b", 30));
    write("a.test.yaml", test("own-a", TOLD));
    load();
    Files.delete(files.resolve("b.yaml"));
    write("a.yaml", RuleFiles.rule("own-a", 30).replace("< 1%", "< 5%"));
    write("a.test.yaml", test("own-a", ""));
    RuleLoader.Loaded next = load();
    assertTrue(next.engine().ruleSet().rule("own-b").isEmpty());
    assertEquals(Set.of("own-a"), next.held().keySet());
  }

  @Test
  void aRuleThatIsTurnedOffIsOffAlthoughItsOwnFilesTestFails() throws Exception {
    String two =
        RuleFiles.rule("own-a", 30)
            + RuleFiles.rule("own-b", 30).substring(RuleFiles.rule("own-b", 30).indexOf("  - id"));
    write("a.yaml", two);
    write("a.test.yaml", test("own-a", TOLD));
    load();
    write(
        "a.yaml",
        two.replace("< 1%", "< 5%").replaceFirst("(?s)(own-b.*)mode: act", "$1mode: off"));
    write("a.test.yaml", test("own-a", ""));
    RuleLoader.Loaded next = load();
    assertTrue(next.engine().ruleSet().rule("own-b").isEmpty(), "it is off");
    assertEquals(Set.of("own-a"), next.held().keySet());
    assertEquals(next.good(), load().good(), "the same comes of the same files");
  }

  @Test
  void whatIsTakenBackFromAShippedRuleHoldsAlthoughATestFails() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    write("a.test.yaml", test("own-a", TOLD));
    load();
    write(
        "a.yaml",
        RuleFiles.rule("own-a", 30).replace("< 1%", "< 5%")
            + "overrides: [{rule: idle-workload, mode: observe}]\n");
    write("a.test.yaml", test("own-a", ""));
    RuleLoader.Loaded next = load();
    assertTrue(
        next.held().containsKey("idle-workload")
            || rule(next, "idle-workload").mode() == RuleMode.OBSERVE,
        next.held().toString());
  }

  @Test
  void aTestThatCannotBeReadKeepsALooserSetFromJudging() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    load();
    write("a.yaml", RuleFiles.rule("own-a", 30).replace("< 1%", "< 5%"));
    write("a.test.yaml", "tests: [");
    RuleLoader.Loaded next = load();
    assertTrue(next.problem().contains("the file can be read"), next.problem());
    assertTrue(next.problem().contains("\n  a.test.yaml:1:"), next.problem());
    assertTrue(rule(next, "own-a").toString().contains("0.01"), "it is as it was");
    assertEquals(Set.of("own-a"), next.held().keySet());
  }

  @Test
  void aTestFileThatOthersMayWriteIsNoTestThatHolds() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    load();
    write("a.yaml", RuleFiles.rule("own-a", 30).replace("< 1%", "< 5%"));
    write("a.test.yaml", test("own-a", TOLD));
    new ProcessBuilder("chmod", "666", files.resolve("a.test.yaml").toString()).start().waitFor();
    RuleLoader.Loaded next = load();
    assertTrue(next.problem().contains("RV0004"), next.problem());
    assertTrue(rule(next, "own-a").toString().contains("0.01"), "it is as it was");
  }

  @Test
  void testsThatTakeTooMuchAreEndedAndATightenedRuleJudgesAllTheSame() throws Exception {
    write("a.yaml", RuleFiles.rule("own-a", 30));
    load();
    write("a.yaml", RuleFiles.rule("own-a", 30).replace("terminate at 60m", "terminate at 90m"));
    StringBuilder many = new StringBuilder("tests:\n");
    for (int i = 0; i < 1_000; i++) {
      many.append(
          test("own-a", TOLD)
              .replace("tests:\n", "")
              .replace("x100", "x2000")
              .replace("40m", "16h"));
    }
    write("a.test.yaml", many.toString());
    bounds = new CompilerProcess.Bounds("96m", Duration.ofSeconds(15));
    RuleLoader.Loaded next = load();
    assertTrue(next.problem().contains("while testing by a.test.yaml"), next.problem());
    assertTrue(rule(next, "own-a").toString().contains("PT1H30M"), "it is tighter, so it judges");
  }
}
