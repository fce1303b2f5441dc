package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.linux.BootClock;
import dev.reeve.model.Observation;
import dev.reeve.platform.node.OnlyEnvironment;
import dev.reeve.platform.node.ThisNode;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"NullAway.Init", "try"}) // set before each test; closed in the middle
class RunFilesTest {
  private static final Clocks CLOCKS =
      Clocks.system(new BootTicker(BootClock::nanos), BootClock.bootId(), 1);

  @TempDir Path folder;
  private RunSocket collector;

  private void open(OnlyEnvironment files) throws Exception {
    collector =
        new RunSocket(
            new RunSocket.Settings(
                ThisNode.here().withinContainer(),
                Optional.of(files),
                Quota.Limits.USUAL,
                Duration.ofMillis(300)),
            new Surroundings(CLOCKS, folder, folder));
    collector.collect();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void filesOfProcessesWithoutTheMarkAreNotRead() throws Exception {
    open(new OnlyEnvironment(new TreeMap<>(Map.of("REEVE_TEST_MARK", "ours"))));
    Process ours = reporting("ours.jsonl", "ours");
    Process theirs = reporting("theirs.jsonl", "theirs");
    try {
      SortedSet<Long> steps = new TreeSet<>();
      // the other one is looked at in the same scan
      Awaitility.await()
          .atMost(Duration.ofSeconds(50))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                report("theirs.jsonl", 2);
                report("ours.jsonl", 1);
                collector.collect().runs().forEach(run -> steps.add(run.step().orElse(0)));
                return steps.contains(1L);
              });
      assertEquals(Set.of(1L), steps);
    } finally {
      ours.destroyForcibly().waitFor();
      theirs.destroyForcibly().waitFor();
    }
  }

  /** Two programs have two names, since one workload has one file. */
  private Process reporting(String name, String mark) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    ProcessBuilder builder = new ProcessBuilder("sleep", mark.equals("ours") ? "61" : "62");
    builder.environment().put("REEVE_RUN", file.toString());
    builder.environment().put("REEVE_NAME", mark);
    builder.environment().put("REEVE_TEST_MARK", mark);
    return builder.start();
  }

  private void report(String name, int step) throws IOException {
    Files.writeString(
        folder.resolve(name), "{\"step\":" + step + ",\"loss\":1}\n", StandardOpenOption.APPEND);
  }

  @Test
  void fileNamedByTheEnvironmentIsRead() throws Exception {
    open(OnlyEnvironment.ANY);
    Path file = Files.writeString(folder.resolve("run.jsonl"), "{\"step\":1,\"loss\":1}\n");
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("REEVE_RUN", file.toString());
    Process program = builder.start();
    try {
      // what stands there when it is first seen is of unknown age
      Awaitility.await()
          .atMost(Duration.ofSeconds(50))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                Files.writeString(
                    file,
                    "{\"step\":2,\"loss\":0.9}\n{\"declare\":{\"kind\":\"training\"}}\n",
                    java.nio.file.StandardOpenOption.APPEND);
                Observation observation = collector.collect();
                return !observation.runs().isEmpty() && !observation.declarations().isEmpty();
              });
    } finally {
      program.destroy();
    }
  }
}
