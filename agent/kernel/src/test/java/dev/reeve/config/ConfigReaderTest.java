package dev.reeve.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void readsAnEmptyFileAsNothing() {
    Configuration configuration = parse("");
    assertFalse(configuration.root().section("http").present());
    assertEquals(List.of(), problems(configuration));
  }

  @Test
  void saysThatTheFileIsMissing() {
    Path file = folder.resolve("none.yaml");
    assertEquals(
        List.of(file + ": expected a file of at most 1 MiB, found none there"),
        problems(ConfigReader.read(file)));
  }

  @Test
  void saysThatTheFileIsAFolder() {
    assertEquals(
        List.of(folder + ": expected a file of at most 1 MiB, found a folder"),
        problems(ConfigReader.read(folder)));
  }

  @Test
  void refusesAFileThatNeverEnds() throws IOException {
    Path file = folder.resolve("large.yaml");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertEquals(
        List.of(file + ": expected a file of at most 1 MiB, found a larger one"),
        problems(ConfigReader.read(file)));
  }

  @Test
  void pointsToTheByteThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("latin.yaml");
    Files.write(
        file, "mode: act\nnode: {name: J\u00fcrgen}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        List.of(file + ":2:15: expected UTF-8, found the byte 0xFC"),
        problems(ConfigReader.read(file)));
  }

  @Test
  void refusesAByteOrderMark() {
    assertProblem(
        "\ufeffmode: act",
        "x.yaml:1:1: expected characters that can be seen, found a byte order mark");
  }

  @Test
  void refusesControlCharacters() {
    assertProblem(
        "mode: act\nnode: \u001b[2J",
        "x.yaml:2:7: expected characters that can be seen, found U+001B");
  }

  @Test
  void refusesTabsAsIndent() {
    assertProblem("http:\n\tlisten: x\n", "x.yaml:2:1: expected spaces, found a tab");
  }

  @Test
  void refusesAKeyThatIsThereTwice() {
    assertProblem(
        "mode: act\ncycle: 15s\nmode: off\n",
        "x.yaml:3:1: mode: expected each key once, found it again after line 1");
  }

  @Test
  void refusesAnchorsAndAliases() {
    assertEquals(
        List.of(
            "x.yaml:1:4: a: expected the value itself in each place where it is used, found the"
                + " anchor &x",
            "x.yaml:2:4: b: expected the value itself in each place where it is used, found the"
                + " alias *x"),
        problems(parse("a: &x 1\nb: *x\n")));
  }

  @Test
  void refusesAnAliasBombInNoTime() {
    var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char name = 'b'; name <= 'z'; name++) {
      String before = "*" + (char) (name - 1);
      bomb.append("%1$s: &%1$s [%2$s,%2$s,%2$s,%2$s,%2$s,%2$s]\n".formatted(name, before));
    }
    assertTrue(problems(parse(bomb.toString())).size() > 100);
  }

  @Test
  void refusesTags() {
    assertProblem(
        "mode: !!str act",
        "x.yaml:1:7: mode: expected a value without a tag, found the tag"
            + " tag:yaml.org,2002:str");
  }

  @Test
  void refusesASecondDocument() {
    assertProblem(
        "mode: act\n---\nmode: off\n", "x.yaml:2:1: expected one document, found a second one");
  }

  @Test
  void refusesWhatIsTooDeep() {
    assertProblem(
        "a: " + "[".repeat(40) + "]".repeat(40),
        "x.yaml:1:35: a" + "[0]".repeat(31) + ": expected at most 32 levels, found one more");
  }

  @Test
  void survivesTenThousandLevels() {
    assertFalse(problems(parse("a: " + "[".repeat(10_000))).isEmpty());
    assertFalse(problems(parse("a: " + "{b: ".repeat(10_000))).isEmpty());
  }

  @Test
  void refusesAListAsTheWhole() {
    assertProblem("- a\n- b\n", "x.yaml:1:1: expected keys with values, found a list");
  }

  @Test
  void refusesAKeyThatIsAList() {
    assertProblem("[a]: b\n", "x.yaml:1:1: expected the name of a key, found a list");
  }

  @Test
  void saysWhereTheFileStopsBeingYaml() {
    assertProblem(
        "mode: act\nnode: {name: x\n",
        "x.yaml:3:1: expected YAML, found expected ',' or '}', but got <stream end>");
  }

  @Test
  void blamesNoKeysInAFileThatIsBroken() {
    Configuration configuration = parse("nonsense: 1\nmode: 'act\n");
    assertEquals(1, configuration.finish().list().size());
  }

  @Test
  void readsYamlOnePointTwo() {
    Configuration configuration = parse("country: no\nport: 0o17\nhex: 0x1F\n");
    Section root = configuration.root();
    assertEquals("no", root.text("country", ""));
    assertEquals(15, root.integer("port", 0, Section.Range.ANY));
    assertEquals(31, root.integer("hex", 0, Section.Range.ANY));
    assertEquals(List.of(), problems(configuration));
  }

  /// Whatever a file holds, the reader answers with problems, never with an exception.
  @Test
  void neverThrows() {
    String seed = "mode: act\nhttp: {listen: '127.0.0.1:1'}\nguard:\n  protect: [a, \"b\"]\n# c\n";
    String noise = "\t\n:{}[]&*!|>'\"%@`-?#,~\\ \u0000\u00e9<=";
    for (int round = 0; round < 3_000; round++) {
      var random = new Random(round);
      var text = new StringBuilder(seed);
      for (int change = 0; change < 1 + round % 8; change++) {
        char c = noise.charAt(random.nextInt(noise.length()));
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.insert(at, c);
        } else {
          text.setCharAt(at, c);
        }
      }
      Configuration configuration = parse(text.toString());
      ReeveConfig.read(configuration.root(), new Host("n", true, java.util.Map.of()));
      configuration.finish().text();
      configuration.yaml(true);
    }
  }

  private static Configuration parse(String text) {
    return ConfigReader.parse(Path.of("x.yaml"), text);
  }

  private static void assertProblem(String text, String problem) {
    assertEquals(List.of(problem), problems(parse(text)));
  }

  private static List<String> problems(Configuration configuration) {
    return configuration.problems().list().stream().map(Problem::toString).toList();
  }
}
