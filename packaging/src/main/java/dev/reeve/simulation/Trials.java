package dev.reeve.simulation;

import dev.reeve.guard.GuardChain;
import dev.reeve.spi.RuleEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many worlds, one after the other, and what they add up to. */
final class Trials {
  private final Path scratch;
  private final List<RuleEngine> rules;
  private final int minutes;
  private final UnaryOperator<GuardChain> guards;
  private final Figures total = new Figures();
  private int worlds;
  private int failed;

  Trials(Path scratch, List<RuleEngine> rules, int minutes) {
    this(scratch, rules, minutes, chain -> chain);
  }

  Trials(Path scratch, List<RuleEngine> rules, int minutes, UnaryOperator<GuardChain> guards) {
    this.scratch = scratch;
    this.rules = rules;
    this.minutes = minutes;
    this.guards = guards;
  }

  /** Lives through one world. */
  Simulation.Result live(long seed) throws IOException {
    return live(seed, _ -> {});
  }

  /** Lives through one world that was changed before. */
  Simulation.Result live(long seed, Consumer<Ground> change) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("world"));
    clear(folder);
    Simulation simulation = new Simulation(new Ground.Made(seed, minutes, folder, rules, guards));
    change.accept(simulation.ground());
    Simulation.Result result = simulation.run();
    worlds++;
    failed += result.broken().isPresent() ? 1 : 0;
    total.add(result);
    return result;
  }

  /** Leaves a folder empty. */
  static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }

  Figures figures() {
    return total;
  }

  static String words(Simulation.Result result) {
    return "seed "
        + result.seed()
        + " "
        + result.digest()
        + " "
        + result.figures().words()
        + result.broken().map(how -> " BROKEN " + how.getMessage()).orElse("");
  }

  /** All figures, and how often each fault came. */
  String total() {
    String faults =
        total.faults.entrySet().stream()
            .map(fault -> fault.getKey().words() + " " + fault.getValue())
            .collect(Collectors.joining(", "));
    return "faults "
        + faults
        + "\ntotal worlds="
        + worlds
        + " failed="
        + failed
        + " "
        + total.words();
  }
}
