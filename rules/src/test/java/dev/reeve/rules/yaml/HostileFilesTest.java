package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file says, it is refused in its place, in time, and nothing of it runs. */
class HostileFilesTest {
  private static final String PROPERTY = "reeve.canary";
  private static final Duration VERDICT = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private Path canary;
  private ServerSocket socket;

  HostileFilesTest() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @BeforeEach
  void hangUpCanaries() throws IOException {
    canary = folder.resolve("canary");
    socket.setSoTimeout(1);
  }

  @AfterEach
  void nothingRan() throws IOException {
    assertEquals(null, System.getProperty(PROPERTY), "a property was set");
    assertFalse(Files.exists(canary), "a file was made");
    boolean silent = false;
    try {
      socket.accept().close();
    } catch (SocketTimeoutException expected) {
      silent = true;
    }
    socket.close();
    assertTrue(silent, "somebody connected");
  }

  @Test
  void everyFileIsRefusedInItsPlace() throws IOException {
    List<HostileFiles.Hostile> files = HostileFiles.all(canary.toString(), socket.getLocalPort());
    assertTrue(files.size() >= 300, "there are " + files.size());
    List<String> wrong = new ArrayList<>();
    for (HostileFiles.Hostile hostile : files) {
      Path file = Files.write(folder.resolve("hostile.yaml"), hostile.bytes().copy());
      RuleSources.Loaded loaded =
          assertTimeoutPreemptively(
              VERDICT, () -> RuleSources.read(List.of(file), false), hostile.name());
      String found =
          loaded.problems().errors().stream()
              .map(problem -> problem.code().text() + ":" + problem.place().line())
              .toList()
              .toString();
      boolean right =
          loaded.problems().errors().stream()
              .anyMatch(
                  problem ->
                      problem.code().text().startsWith(hostile.code())
                          && problem.place().line() == hostile.line());
      if (!right || loaded.ok()) {
        wrong.add(
            hostile.name() + ": not " + hostile.code() + ":" + hostile.line() + " but " + found);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatIsTextForPeopleStaysText() {
    for (String payload : HostileFiles.PAYLOADS) {
      String text = payload.replace("CANARY", canary.toString());
      String quoted = "'" + text.replace("'", "''") + "'";
      RuleSources.Loaded loaded =
          Repository.read(
              PackReaderTest.RULE
                  .replace("title: Quiet", "title: " + quoted)
                  .replace("why: because", "why: " + quoted));
      assertEquals("", loaded.report());
      Rule rule = loaded.rules().getFirst();
      assertEquals(text, rule.title());
    }
  }
}
