package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: what is promised of the child is seen from outside. */
class CompilerProcessTest {
  @TempDir private Path folder;

  @Test
  void twoChildrenAtOtherTimesInOtherFoldersGiveTheSameBytes() throws Exception {
    SortedMap<String, String> texts =
        new TreeMap<>(Map.of("50-own.yaml", RuleFiles.rule("own", 30)));
    Path other = Files.createDirectory(folder.resolve("other"));
    byte[] first = made(texts, folder);
    Thread.sleep(1_100);
    byte[] second = made(texts, other);
    assertEquals(CompiledRules.hash(first), CompiledRules.hash(second));
    CompiledRules compiled = CompiledRules.read(first);
    assertTrue(compiled.rules().stream().anyMatch(rule -> rule.id().equals("own")));
    assertEquals(texts, compiled.sources().texts());
    assertEquals(new TreeSet<>(List.of("50-own.yaml")), compiled.sources().files().get("own"));
    assertEquals(new TreeSet<>(), compiled.sources().files().get("idle-workload"));
  }

  @Test
  void triesAloneWhatAFileHasAPartInAndNotWhatWasTriedWhenItWasBuilt() throws Exception {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("50-own.yaml", RuleFiles.rule("own", 30));
    texts.put("60-other.yaml", RuleFiles.rule("other", 30));
    CompiledRules compiled = CompiledRules.read(made(texts, folder));
    assertTrue(compiled.rules().size() > 10);
    assertEquals(
        List.of("other", "own"),
        CompilerChild.toTry(compiled).stream().map(Rule::id).sorted().toList());
  }

  private static byte[] made(SortedMap<String, String> texts, Path scratch) throws Exception {
    Compilation answer =
        new CompilerProcess(scratch, CompilerProcess.Bounds.DEFAULT).compile(texts);
    return assertInstanceOf(Compilation.Made.class, answer, answer::toString).archive();
  }

  @Test
  void namesTheFileThatIsWrongAndLeavesNothingBehind() throws Exception {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("50-good.yaml", RuleFiles.rule("good", 30));
    texts.put("60-bad.yaml", "pack: {name: x}\nrules: nothing\n");
    Compilation answer = new CompilerProcess(folder, CompilerProcess.Bounds.DEFAULT).compile(texts);
    Compilation.Refused refused = assertInstanceOf(Compilation.Refused.class, answer);
    assertEquals(new TreeSet<>(List.of("60-bad.yaml")), refused.files());
    assertTrue(refused.report().contains("60-bad.yaml:2"), refused.report());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aRuleThatExplodesIsRefusedByName() throws Exception {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("50-good.yaml", RuleFiles.rule("good", 30));
    texts.put("60-bomb.yaml", RuleFiles.explosive("bomb"));
    Compilation answer = new CompilerProcess(folder, CompilerProcess.Bounds.DEFAULT).compile(texts);
    Compilation.Refused refused = assertInstanceOf(Compilation.Refused.class, answer);
    assertTrue(refused.report().contains("rule bomb"), refused.report());
    assertEquals(new TreeSet<>(List.of("60-bomb.yaml")), refused.files());
  }

  /** Nothing fires, so no count of firings tells: time or memory of the child does. */
  @Test
  void aJoinThatExplodesAndNeverHoldsIsRefusedByName() throws Exception {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("50-good.yaml", RuleFiles.rule("good", 30));
    texts.put("60-bomb.yaml", RuleFiles.explosiveInVain("bomb"));
    Compilation answer = new CompilerProcess(folder, CompilerProcess.Bounds.DEFAULT).compile(texts);
    Compilation.Refused refused = assertInstanceOf(Compilation.Refused.class, answer);
    assertTrue(refused.report().contains("rule bomb"), refused.report());
    assertEquals(new TreeSet<>(List.of("60-bomb.yaml")), refused.files());
  }

  @Test
  void oneThatTakesTooLongOrTooMuchIsEnded() throws Exception {
    SortedMap<String, String> texts = new TreeMap<>(Map.of("a.yaml", RuleFiles.rule("own", 30)));
    Compilation late =
        new CompilerProcess(folder, new CompilerProcess.Bounds("96m", Duration.ofMillis(150)))
            .compile(texts);
    String report = assertInstanceOf(Compilation.Refused.class, late).report();
    assertTrue(report.startsWith("the compiler was ended after 0 s while "), report);
    Compilation large =
        new CompilerProcess(folder, new CompilerProcess.Bounds("6m", Duration.ofSeconds(30)))
            .compile(texts);
    report = assertInstanceOf(Compilation.Refused.class, large).report();
    assertTrue(report.contains("ended with 3 (6m of memory)"), report);
  }

  @Test
  void theChildSeesNoNetworkNoEnvironmentAndNoDescriptorOfOurs() throws Exception {
    // what a child of the same kind sees, where the command line is the compiler's own
    Path file = Files.writeString(folder.resolve("secret"), "x");
    try (var open = Files.newByteChannel(file)) {
      assertTrue(open.isOpen());
      ChildView view = ChildView.of(new CompilerProcess(folder, CompilerProcess.Bounds.DEFAULT));
      assertEquals(List.of("MALLOC_ARENA_MAX=2"), view.environment());
      assertEquals(List.of(), view.descriptorsOf(file));
      assertEquals(List.of(), view.socketsOrOtherFiles());
      assertTrue(view.folderIsEmpty());
      if (Isolation.find().command().isEmpty()) {
        assertTrue(Isolation.find().words().startsWith("not isolated"));
      } else {
        assertEquals(List.of("lo"), view.interfaces());
      }
    }
  }
}
