package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file says, it is refused in its place, in time, and nothing of it runs. */
@SuppressWarnings("NullAway.Init") // set before each test
class HostileFilesTest {
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
  private Canaries canaries;

  @BeforeEach
  void hangUpCanaries() throws IOException {
    canaries = new Canaries(folder);
  }

  @AfterEach
  void nothingRan() throws IOException {
    try (Canaries all = canaries) {
      assertEquals(Set.of(), all.sung());
    }
  }

  static Verdict read(Path file) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    RuleSources.Loaded loaded = RuleSources.read(List.of(file), false);
    return new Verdict(loaded, threads.getCurrentThreadCpuTime() - before);
  }

  @Test
  void everyFileIsRefusedInItsPlace() throws IOException {
    List<HostileFiles.Hostile> files = HostileFiles.all(canaries);
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
      String text = canaries.aimed(payload);
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
