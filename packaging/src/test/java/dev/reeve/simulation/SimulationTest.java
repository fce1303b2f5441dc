package dev.reeve.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.StartException;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.WithoutGuard;
import dev.reeve.spi.RuleEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few worlds in each build; `.ci/run` lives through a hundred and more, `.ci/long` thousands. */
class SimulationTest {
  private static final int HALF_A_DAY = 720;

  @TempDir Path scratch;

  private List<RuleEngine> rules = List.of();

  @BeforeEach
  void load() throws StartException {
    Quiet.please();
    rules = Sets.shipped(scratch);
  }

  private Trials trials(int minutes, UnaryOperator<GuardChain> guards) {
    return new Trials(scratch, rules, minutes, guards);
  }

  private static String words(Simulation.Result result) {
    return Trials.words(result) + "\n" + String.join("\n", result.story().lines());
  }

  @Test
  void keepsEveryPromiseWhileEverythingFails() throws IOException {
    Trials trials = trials(HALF_A_DAY, chain -> chain);
    for (long seed : new long[] {1, 2, 12}) {
      Simulation.Result result = trials.live(seed);
      assertTrue(result.broken().isEmpty(), () -> words(result));
    }
    assertTrue(trials.figures().plans > 0, "nothing was done at all, so nothing was proven");
    assertTrue(trials.figures().lives > 3, "nobody died, so nothing was proven of restarts");
  }

  @Test
  void endsEveryWorkloadThatWastesForHoursWhereNothingFails() throws IOException {
    Trials trials = trials(HALF_A_DAY, chain -> chain);
    Simulation.Result result = trials.live(Troubles.CALM);
    assertTrue(result.broken().isEmpty(), () -> words(result));
    assertFalse(result.figures().ended.isEmpty(), "nobody was ended, so nothing was proven");
    assertEquals(Set.of(), result.figures().missed);
  }

  @Test
  void livesTheSameDayAgainInAnotherProcess() throws IOException, InterruptedException {
    long seed = 12;
    int minutes = 300;
    String here = trials(minutes, chain -> chain).live(seed).digest();
    Path folder = Files.createDirectory(scratch.resolve("fork"));
    Process fork =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=0",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Fork.class.getName(),
                folder.toString(),
                Integer.toString(minutes),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String there = new String(fork.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, fork.waitFor());
    assertEquals(here, there);
  }

  /** What the other guards are found out by stands in docs/safety.md. */
  @ParameterizedTest
  @CsvSource({
    "SecondWitnessGuard, BUSY, 1",
  })
  void redProofAChainWithoutOneOfItsGuardsIsFoundOut(String guard, Promise promise, long seed)
      throws IOException {
    Simulation.Result result = trials(HALF_A_DAY, WithoutGuard.of(guard)).live(seed);
    assertEquals(
        promise,
        result.broken().map(Broken::promise).orElseThrow(() -> new AssertionError(words(result))));
  }
}
