package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

  /** Of CPU: what else the machine does says nothing of the reader. */
  private static final long VERDICT_NANOS = Duration.ofSeconds(2).toNanos();

  /** Whoever waits as long waits for ever. */
  private static final Duration HANGS = Duration.ofMinutes(2);

  /** What was read, and the CPU time that it took. */
  record Verdict(RuleSources.Loaded loaded, long cpuNanos) {
    /** Empty where that was little enough. */
    String excess() {
      return cpuNanos <= VERDICT_NANOS ? "" : "took " + cpuNanos / 1_000_000 + " ms of CPU";
    }
  }

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

  static Verdict read(Path file) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    RuleSources.Loaded loaded = RuleSources.read(List.of(file), false);
    return new Verdict(loaded, threads.getCurrentThreadCpuTime() - before);
  }

  @Test
  void everyFileIsRefusedInItsPlace() throws IOException {
    List<HostileFiles.Hostile> files = HostileFiles.all(canary.toString(), socket.getLocalPort());
    assertTrue(files.size() >= 300, "there are " + files.size());
    List<String> wrong = new ArrayList<>();
    for (HostileFiles.Hostile hostile : files) {
      Path file = Files.write(folder.resolve("hostile.yaml"), hostile.bytes().copy());
      Verdict verdict = assertTimeoutPreemptively(HANGS, () -> read(file), hostile.name());
      RuleSources.Loaded loaded = verdict.loaded();
      if (!verdict.excess().isEmpty()) {
        wrong.add(hostile.name() + " " + verdict.excess());
      }
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
