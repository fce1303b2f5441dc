package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import dev.reeve.model.RuleMode;
import dev.reeve.spi.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of real files, compiled by real children. */
class FolderRulesTest {
  private static final RuleLoader.Past NONE = RuleLoader.Past.NONE;
  private static final String SITE = "pack: {name: site, version: 1}\n";

  @TempDir private Path folder;

  private Path files = Path.of("");
  private final List<RuleLoader.Good> good = new ArrayList<>();

  @BeforeEach
  void make() throws IOException {
    files = Files.createDirectory(folder.resolve("rules.d"));
  }

  private FolderRules rules() {
    return new FolderRules(
        files, folder.resolve("state"), Limits.DEFAULT, CompilerProcess.Bounds.DEFAULT);
  }

  private RuleLoader.Past past(String... hung) {
    return new RuleLoader.Past(good, Set.of(hung));
  }

  /** Loads, and journals it as the daemon would. */
  private RuleLoader.Loaded load() throws Exception {
    RuleLoader.Loaded loaded = rules().load(past());
    if (loaded.observeOnly().isEmpty()) {
      good.remove(loaded.good());
      good.addFirst(loaded.good());
    }
    return loaded;
  }

  private static List<String> own(RuleLoader.Loaded loaded) {
    return loaded.engine().ruleSet().rules().stream()
        .map(Rule::id)
        .filter(id -> id.startsWith("own"))
        .toList();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(files.resolve(name), text);
  }

  @Test
  void withoutFilesTheShippedRulesJudge() throws Exception {
    assertEquals(DroolsRuleEngineProvider.hash(), load().good().hash());
    assertEquals("shipped", load().key());
  }

  @Test
  void aBrokenFileKeepsWhatItWasAndAllOthersTakeEffect() throws Exception {
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    write("60-b.yaml", RuleFiles.rule("own-b", 30));
    write("70-c.yaml", RuleFiles.rule("own-c", 30));
    RuleLoader.Loaded first = load();
    assertEquals(List.of("own-a", "own-b", "own-c"), own(first));
    assertEquals("", first.problem());
    write("50-a.yaml", RuleFiles.rule("own-a", 30).replace("subject: workload", "subject: all"));
    write("60-b.yaml", RuleFiles.rule("own-b", 20));
    Files.delete(files.resolve("70-c.yaml"));
    RuleLoader.Loaded next = load();
    assertEquals(List.of("own-a", "own-b"), own(next), "removing takes effect at once");
    assertEquals(Set.of("own-a"), next.held().keySet());
    assertTrue(next.problem().contains("50-a.yaml:"), next.problem());
    Rule changed = next.engine().ruleSet().rule("own-b").orElseThrow();
    assertEquals(20, changed.longestSpan().toMinutes());
  }

  @Test
  void aBrokenDrlHoldsTheRulesOfItsStemUntilItIsMended() throws Exception {
    write("60-b.yaml", RuleFiles.inDrl("own-b"));
    write("60-b.drl", RuleFiles.drl("own-b"));
    write("70-c.yaml", RuleFiles.rule("own-c", 30));
    RuleLoader.Loaded first = load();
    assertEquals("", first.problem());
    assertEquals(List.of("own-b", "own-c"), own(first));
    write("60-b.drl", RuleFiles.drl("own-b").replace("decide.terminate", "System.exit"));
    write("70-c.yaml", RuleFiles.rule("own-c", 20));
    RuleLoader.Loaded broken = load();
    assertEquals(List.of("own-b", "own-c"), own(broken));
    assertEquals(Set.of("own-b"), broken.held().keySet());
    assertTrue(broken.problem().contains("60-b.drl:5"), broken.problem());
    Rule other = broken.engine().ruleSet().rule("own-c").orElseThrow();
    assertEquals(20, other.longestSpan().toMinutes(), "all else takes effect");
    write("60-b.drl", RuleFiles.drl("own-b").replace("30m", "45m"));
    RuleLoader.Loaded mended = load();
    assertEquals("", mended.problem());
    assertEquals(Set.of(), mended.held().keySet());
    Rule rule = mended.engine().ruleSet().rule("own-b").orElseThrow();
    assertEquals(45, rule.longestSpan().toMinutes());
  }

  @Test
  void afterARestartTheLastGoodSetIsUsedWithoutACompiler() throws Exception {
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    RuleLoader.Loaded first = load();
    RuleLoader.Loaded again = load();
    assertEquals(first.good(), again.good());
    assertEquals("", again.compiler(), "it was not compiled again");
    write("50-a.yaml", "rules: {}\n");
    RuleLoader.Loaded broken = load();
    assertEquals(first.good(), broken.good());
    assertEquals(Set.of("own-a"), broken.held().keySet());
  }

  @Test
  void aSetThatWasChangedOnDiskIsRefused() throws Exception {
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    RuleLoader.Loaded first = load();
    Path jar = folder.resolve("state").resolve(first.key() + ".jar");
    byte[] bytes = Files.readAllBytes(jar);
    bytes[bytes.length / 2] ^= 1;
    Files.write(jar, bytes);
    // the files are there: they are compiled anew, to the same bytes
    RuleLoader.Loaded mended = load();
    assertEquals(first.good(), mended.good());
    assertNotEquals("", mended.compiler());
    // the files are broken: what lies there must not be what judges
    Files.write(jar, bytes);
    write("50-a.yaml", "rules: {}\n");
    RuleLoader.Loaded refused = load();
    assertEquals("shipped", refused.key());
    assertTrue(refused.problem().contains("were changed"), refused.problem());
  }

  @Test
  void aSetThatHungIsNotUsedAgain() throws Exception {
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    RuleLoader.Loaded before = load();
    write("50-a.yaml", RuleFiles.rule("own-a", 20));
    RuleLoader.Loaded hung = load();
    RuleLoader.Loaded next = rules().load(past(hung.good().hash()));
    assertEquals(before.good(), next.good());
    assertTrue(next.observeOnly().contains("hung twice"), next.observeOnly());
    RuleLoader.Loaded nothing =
        rules()
            .load(past(hung.good().hash(), before.good().hash(), DroolsRuleEngineProvider.hash()));
    assertEquals(List.of(), nothing.engine().ruleSet().rules());
    assertNotEquals("", nothing.observeOnly());
  }

  @Test
  void atAFirstStartNothingActsBesideAFileThatDoesNotLoad() throws Exception {
    write("10-site.yaml", SITE + "overrides: [{rule: idle-workload, mode: observe, tpyo: 1}]\n");
    RuleLoader.Loaded first = load();
    assertNotEquals("", first.problem());
    assertTrue(first.observeOnly().contains("10-site.yaml does not load"), first.observeOnly());
  }

  @Test
  void atAFirstStartNothingActsBesideAFolderThatCannotBeRead() throws Exception {
    Files.delete(folder.resolve("rules.d"));
    Files.writeString(folder.resolve("rules.d"), "no folder");
    assertNotEquals("", load().observeOnly());
  }

  @Test
  void nothingActsByOlderRulesThanTheNewestThatJudged() throws Exception {
    load();
    write("10-site.yaml", SITE + "overrides: [{rule: idle-workload, mode: observe}]\n");
    RuleLoader.Loaded strict = load();
    assertEquals(
        RuleMode.OBSERVE, strict.engine().ruleSet().rule("idle-workload").orElseThrow().mode());
    Files.delete(folder.resolve("state").resolve(strict.key() + ".jar"));
    write("10-site.yaml", SITE + "overrides: [{rule: idle-workload, mode: obs}]\n");
    assertTrue(load().observeOnly().contains("older ones may do more"));
  }

  @Test
  void aFolderThatVanishesRemovesNothing() throws Exception {
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    RuleLoader.Loaded first = load();
    Files.delete(files.resolve("50-a.yaml"));
    Files.delete(files);
    RuleLoader.Loaded gone = load();
    assertEquals(first.good(), gone.good());
    assertTrue(gone.problem().contains("is not there any more"), gone.problem());
    Files.createDirectory(files);
    assertEquals("shipped", load().key());
  }

  @Test
  void aConfigMapIsReadThroughItsLinksAndASwapIsSeen() throws Exception {
    Path first = Files.createDirectory(files.resolve("..2026_1"));
    Files.writeString(first.resolve("50-a.yaml"), RuleFiles.rule("own-a", 30));
    Files.createSymbolicLink(files.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(files.resolve("50-a.yaml"), Path.of("..data/50-a.yaml"));
    FolderRules rules = rules();
    String before = rules.fingerprint();
    assertEquals(List.of("own-a"), own(rules.load(NONE)));
    Path second = Files.createDirectory(files.resolve("..2026_2"));
    Files.writeString(second.resolve("50-a.yaml"), RuleFiles.rule("own-b", 30));
    Path link = Files.createSymbolicLink(files.resolve("..data_tmp"), second.getFileName());
    Files.move(link, files.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    assertNotEquals(before, rules.fingerprint());
    assertEquals(List.of("own-b"), own(rules.load(NONE)));
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws Exception {
    Path elsewhere =
        Files.writeString(folder.resolve("elsewhere.yaml"), RuleFiles.rule("own-x", 30));
    write("50-a.yaml", RuleFiles.rule("own-a", 30));
    Files.createSymbolicLink(files.resolve("60-up.yaml"), Path.of("../elsewhere.yaml"));
    Files.createSymbolicLink(files.resolve("61-absolute.yaml"), elsewhere);
    Files.createSymbolicLink(files.resolve("62-loop.yaml"), Path.of("62-loop.yaml"));
    RuleLoader.Loaded loaded = rules().load(NONE);
    assertEquals(List.of("own-a"), own(loaded));
    for (String name : List.of("60-up", "61-absolute", "62-loop")) {
      assertTrue(loaded.problem().contains(name), loaded.problem());
    }
  }

  @Test
  void onlySetsThatMayBeNeededAreKept() throws Exception {
    for (int minutes = 20; minutes < 28; minutes++) {
      write("50-a.yaml", RuleFiles.rule("own-a", minutes));
      load();
    }
    try (Stream<Path> kept = Files.list(folder.resolve("state"))) {
      assertEquals(5, kept.count());
    }
  }
}
