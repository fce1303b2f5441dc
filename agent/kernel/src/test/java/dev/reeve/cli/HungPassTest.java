package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.Main;
import dev.reeve.cli.Terminal.Ran;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon as a process of its own whose engine does not come back: seen from outside. */
@SuppressWarnings("NullAway.Init") // set before each test
final class HungPassTest {
  private static final int SOFTWARE = 70;

  @TempDir private Path folder;
  private Path file;
  private Path hangs;
  private Path log;
  private Process daemon;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("reeve.yaml");
    hangs = folder.resolve("hangs");
    log = folder.resolve("log");
    Files.writeString(
        file,
        """
        mode: act
        state_dir: %1$s/state
        runtime_dir: %1$s/run
        http: {enabled: false}
        cycle: 1s
        collectors: {hostile: {}}
        rules: {hangs_while: %1$s/hangs}
        """
            .formatted(folder));
    daemon = run();
  }

  private Process run() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "run",
            "--config",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  @AfterEach
  void stop() {
    daemon.destroyForcibly();
  }

  @Test
  void endsTheProcessIsJournaledAndTheSameSetOnlyObservesAfterTheRestart() throws Exception {
    JsonObject acting = judging();
    assertEquals("act", acting.text("mode").orElseThrow(), "a set that never hung may act");
    String hash = acting.object("rules").orElseThrow().text("hash").orElseThrow();

    Files.createFile(hangs);
    Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> !daemon.isAlive());
    assertEquals(SOFTWARE, daemon.exitValue(), Files.readString(log));
    List<String> hung = journaled("rules-hung");
    assertEquals(1, hung.size(), hung.toString());
    assertTrue(hung.getFirst().contains(hash), hung.getFirst());
    assertTrue(Files.readString(log).contains("ending at once: a pass of the rule set " + hash));

    Files.delete(hangs);
    daemon = run();
    JsonObject again = judging();
    assertEquals(hash, again.object("rules").orElseThrow().text("hash").orElseThrow());
    assertEquals("observe", again.text("mode").orElseThrow());
    String why = again.text("observe_only").orElseThrow();
    assertTrue(why.contains("a pass of the rule set " + hash + " hung"), why);
    List<String> starts = journaled("started");
    assertEquals(2, starts.size(), starts.toString());
    assertTrue(starts.getFirst().contains("\"mode\":\"act\""), starts.getFirst());
    assertTrue(starts.getLast().contains("\"mode\":\"observe\""), starts.getLast());
  }

  /** What the status says once the rules have judged. */
  private JsonObject judging() {
    return Awaitility.await()
        .atMost(1, TimeUnit.MINUTES)
        .until(this::status, status -> status.member("rules").isPresent());
  }

  private JsonObject status() throws JsonException {
    Ran ran = Terminal.run("status", "-c", file.toString(), "-o", "json");
    return ran.code() == 0 ? Json.readObject(ran.out()) : Json.object().build();
  }

  private List<String> journaled(String type) {
    Ran ran = Terminal.run("journal", "show", "-c", file.toString(), "--type", type, "-o", "csv");
    assertEquals(0, ran.code(), ran.err());
    return ran.out().lines().skip(1).map(line -> line.replace("\"\"", "\"")).toList();
  }
}
