package dev.reeve.cli;

import static dev.reeve.cli.OutputTest.assertHarmless;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.Terminal.Ran;
import dev.reeve.daemon.ConfigSource;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.TestPlugins;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.recording.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a running daemon that sees hostile names, and against none. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // set before all tests
final class CommandsTest {
  @TempDir private static Path folder;
  private static Path file;
  private static Daemon daemon;

  @BeforeAll
  static void start() throws Exception {
    file = folder.resolve("reeve.yaml");
    Files.writeString(
        file,
        """
        state_dir: %s/state
        runtime_dir: %s/run
        http: {enabled: false}
        cycle: 1s
        collectors: {hostile: {}}
        """
            .formatted(folder, folder));
    ConfigFile.Read read = ConfigFile.read(dev.reeve.config.ConfigReader.read(file));
    daemon =
        Daemon.start(
            new Daemon.Read(read.config(), read.configuration(), ConfigSource.NONE),
            "test",
            (reason, cause) -> {
              throw new IllegalStateException(reason, cause);
            },
            Recorder.NONE);
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> Terminal.run("status", "-c", file.toString()).out().contains("GPU-1"));
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "plan", "explain GPU-1", "explain script", "scan"})
  void hostileNamesAreHarmlessInEveryFormat(String words) throws Exception {
    for (String format : List.of("table", "json", "yaml", "csv")) {
      Ran ran = ask(words + " -o " + format);
      assertEquals(0, ran.code(), ran.err());
      assertHarmless(ran.out().replace("\r\n", "\n"));
      assertFalse(ran.out().isBlank());
      assertHarmless(ran.err());
    }
  }

  @Test
  void aHostileNameIsOneCellOfOneRow() {
    List<String> lines = ask("status").out().lines().filter(l -> l.contains("GPU-1")).toList();
    assertEquals(1, lines.size());
    assertTrue(lines.getFirst().contains("\\u001b[2J"), lines.getFirst());
    assertTrue(lines.getFirst().length() < 1_500, "cells are cut");
  }

  @ParameterizedTest
  @CsvSource({
    "explain --rules . GPU-1, --rules needs --at",
    "explain --since 1h GPU-1, --since needs --at",
    "explain --history ring GPU-1, --history needs --at",
    "explain --at never GPU-1, --at: expected a time such as",
    "explain --at 1h --since never GPU-1, --since: expected a time such as 1d"
  })
  void lookingBackIsAskedForWholeOrNotAtAll(String words, String message) {
    Ran ran = ask(words);
    assertEquals(2, ran.code(), ran.err());
    assertTrue(ran.err().contains(message), ran.err());
  }

  @Test
  void jsonKeepsEveryCharacterOfAName() throws Exception {
    JsonObject status = Json.readObject(ask("status -o json").out());
    assertEquals(1, status.whole("v").orElseThrow());
    assertEquals(
        TestPlugins.HOSTILE, Answers.list(status, "gpus").getFirst().text("model").orElseThrow());
  }

  @Test
  void csvOfTheStatusHasAHeadAndARowForEachGpu() {
    String csv = ask("status -o csv").out();
    assertTrue(csv.startsWith("id,index,node,model,state,utilization,"), csv);
    assertTrue(csv.contains("\r\nGPU-1,0,host,\"'=<script>"), csv);
  }

  @Test
  void statusShowsASourceThatFailsWithWhatItSaid() {
    assertTrue(ask("status").out().contains("it said =<script>"));
  }

  @Test
  @Order(1)
  void pauseHoldsWithItsReasonForItsTimeAndResumeLetsGo() throws Exception {
    Ran paused =
        Terminal.run(
            "pause", "-c", file.toString(), "--reason", "a\u001b[2Jb", "--for", "2h", "-o", "json");
    assertEquals(0, paused.code(), paused.err());
    assertTrue(Json.readObject(paused.out()).bool("paused").orElseThrow());
    JsonObject status = Json.readObject(ask("status -o json").out());
    JsonObject held = status.object("paused").orElseThrow();
    assertEquals("a\u001b[2Jb", held.text("reason").orElseThrow());
    assertTrue(held.text("until").isPresent(), "it ends by itself");
    assertTrue(ask("status").out().contains("PAUSED by"));
    assertHarmless(ask("status").out());
    assertEquals("goes on\n", ask("resume").out());
    assertTrue(Json.readObject(ask("status -o json").out()).object("paused").isEmpty());
  }

  @Test
  @Order(2)
  void resumeSaysNoWhileTheStopFileIsThere() throws IOException {
    Path stop = Files.createFile(folder.resolve("state").resolve("STOP"));
    Ran ran = ask("resume");
    Files.delete(stop);
    assertEquals(1, ran.code());
    assertTrue(ran.out().startsWith("still held: the file "), ran.out());
  }

  @ParameterizedTest
  @CsvSource({
    "pause --reason x --for soon, expected a time",
    "pause --reason x --for 0s, expected a time",
    "pause, --reason",
    "status -o xml, xml",
    "explain, SUBJECT",
    "nonsense, nonsense",
  })
  void wrongUsageIsTwo(String words, String said) {
    Ran ran = ask(words);
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains(said), ran.err());
    assertEquals("", ran.out());
  }

  @Test
  void aRefusalIsOneAndHarmless() {
    Ran ran = Terminal.run("explain", "-c", file.toString(), "no\u001b[2Jbody");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("nothing that is seen now is called"), ran.err());
    assertHarmless(ran.err());
  }

  @Test
  void whatIsNotPlannedIsNeitherApprovedNorDenied() {
    Ran approved = Terminal.run("approve", "-c", file.toString(), "--yes", "no\u001b[2Jplan");
    assertEquals(1, approved.code());
    assertTrue(approved.err().contains("there are:"), approved.err());
    assertHarmless(approved.err());
    Ran denied = ask("deny ep9 --reason x");
    assertEquals(1, denied.code());
    assertTrue(denied.err().contains("no plan 'ep9' waits for an answer"), denied.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "plan",
        "explain x",
        "pause --reason x",
        "resume",
        "approve x --yes",
        "deny x --reason y"
      })
  void noDaemonIsSixtyNine(String words) throws IOException {
    Path elsewhere = config("runtime_dir: %s/nobody\nstate_dir: %s/none\n");
    Ran ran = run(words, elsewhere);
    assertEquals(69, ran.code(), ran.err());
    assertEquals("", ran.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "pause --reason x", "resume"})
  void aFileThatIsNotThereAsksNoOtherDaemon(String words) {
    Ran ran = run(words, folder.resolve("not-there.yaml"));
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("cannot read"), ran.err());
  }

  @Test
  void aMistakeInTheFileIsSaidAndKeepsNobodyFromTheStopButton() throws IOException {
    Path wrong = config("runtime_dir: %1$s/run\nstate_dir: %1$s/state\ncycle: fortnightly\n");
    Ran ran = run("pause --reason x", wrong);
    assertEquals(0, ran.code());
    assertTrue(ran.err().contains("fortnightly"), ran.err());
    assertEquals(0, ask("resume").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "scan"})
  void aRefusedConfigurationIsSeventyEight(String words) throws IOException {
    Ran ran = run(words, config("cycle: \"\\e[2J\"\n"));
    assertEquals(78, ran.code());
    assertTrue(ran.err().contains("cycle"), ran.err());
    assertHarmless(ran.err());
  }

  @Test
  void checkingSaysYesAndNoWithEveryProblemOfEveryFile() throws Exception {
    Path good = config("cycle: 5s\n");
    assertEquals(0, Terminal.run("check", "config", good.toString()).code());
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(wrong, "cycle: x\nmodee: act\n");
    Ran json = Terminal.run("check", "config", good.toString(), wrong.toString(), "-o", "json");
    assertEquals(1, json.code());
    List<JsonObject> problems = Answers.list(Json.readObject(json.out()), "problems");
    assertEquals(
        List.of("cycle", "modee"),
        problems.stream().map(one -> one.text("key").orElseThrow()).toList());
    Ran csv = Terminal.run("check", "config", wrong.toString(), "-o", "csv");
    assertEquals(3, csv.out().lines().count());
    Ran people = Terminal.run("check", "config", wrong.toString());
    assertTrue(people.out().contains("modee"), people.out());
  }

  @Test
  void printsTheConfigurationAsItHolds() {
    Ran ran = ask("print-config");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("cycle: 1s"), ran.out());
  }

  @Test
  void saysTheConfigurationToProgramsToo() throws Exception {
    JsonObject json = Json.readObject(ask("print-config -o json").out());
    assertEquals(1, json.whole("v").orElseThrow());
    JsonObject cycle =
        Answers.list(json, "settings").stream()
            .filter(one -> one.text("key").equals(java.util.Optional.of("cycle")))
            .findFirst()
            .orElseThrow();
    assertEquals("1s", cycle.text("value").orElseThrow());
    assertTrue(cycle.text("origin").orElseThrow().endsWith("reeve.yaml:4"), cycle.toString());
    String csv = ask("print-config -o csv").out();
    assertTrue(csv.startsWith("key,value,origin,type\r\n"), csv);
    assertTrue(ask("print-config -o yaml").out().contains("key: cycle"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void printsAScriptThatCompletesEachCommand(String shell) {
    Ran ran = Terminal.run("completion", shell);
    assertEquals(0, ran.code(), ran.err());
    for (String word : List.of("status", "explain", "print-config", "--output", "yaml")) {
      assertTrue(ran.out().contains(word), word);
    }
    assertEquals(2, Terminal.run("completion", "tcsh").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "yaml", "csv"})
  void theJournalIsShownWhileTheDaemonRuns(String format) {
    Ran ran = ask("journal show -o " + format);
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("started"), ran.out());
    assertHarmless(ran.out().replace("\r\n", "\n"));
  }

  @Test
  void theJournalIsVerifiedWhileTheDaemonRuns() throws Exception {
    assertTrue(ask("journal verify").out().startsWith("sound: "));
    assertTrue(Json.readObject(ask("journal verify -o json").out()).bool("sound").orElseThrow());
  }

  @Test
  void aJournalThatIsNotSoundIsANo() throws IOException {
    Path other = config("state_dir: %s/damaged\nruntime_dir: %s/none\n");
    Path journal = Files.createDirectories(folder.resolve("damaged/journal"));
    for (Path segment : segments(folder.resolve("state/journal"))) {
      byte[] bytes = Files.readAllBytes(segment);
      // within what was written: the rest of a segment is room
      int last = bytes.length;
      while (bytes[last - 1] == 0) {
        last--;
      }
      bytes[last / 2] ^= 1;
      Files.write(journal.resolve(segment.getFileName()), bytes);
    }
    Ran people = run("journal verify", other);
    assertEquals(1, people.code());
    assertTrue(people.err().startsWith("NOT sound after "), people.err());
    Ran rows = run("journal verify -o csv", other);
    assertEquals(1, rows.code());
    assertTrue(rows.out().contains("\r\nfalse,"), rows.out());
  }

  private static List<Path> segments(Path journal) throws IOException {
    try (var all = Files.list(journal)) {
      return all.filter(path -> Files.isRegularFile(path) && path.toFile().length() > 0).toList();
    }
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    Ran ran = Terminal.run();
    assertEquals(0, ran.code());
    assertTrue(ran.out().contains("status"), ran.out());
  }

  private static Path config(String text) throws IOException {
    Path written = Files.createTempFile(folder, "reeve", ".yaml");
    return Files.writeString(written, text.formatted(folder, folder));
  }

  private static Ran ask(String words) {
    return run(words, file);
  }

  private static Ran run(String words, Path config) {
    List<String> arguments = new java.util.ArrayList<>(List.of(words.split(" ")));
    arguments.addAll(List.of("-c", config.toString()));
    return Terminal.run(arguments.toArray(String[]::new));
  }
}
