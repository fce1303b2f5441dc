package dev.reeve.simulation;

import dev.reeve.guard.GuardChain;
import dev.reeve.daemon.Heart;
import dev.reeve.spi.RuleEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Many worlds, one after the other, and what they add up to. */
final class Trials {
  private final Path scratch;
  private final List<RuleEngine> rules;
  private final int minutes;
  private final Heart.Guards guards;
  private final Figures total = new Figures();
  private int worlds;
  private int broken;

  Trials(Path scratch, List<RuleEngine> rules, int minutes) {
    this(scratch, rules, minutes, GuardChain::of);
  }

  Trials(Path scratch, List<RuleEngine> rules, int minutes, Heart.Guards guards) {
    this.scratch = scratch;
    this.rules = rules;
    this.minutes = minutes;
    this.guards = guards;
  }

  /** Lives through one world. */
  Simulation.Result live(long seed) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("world"));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
    Simulation.Result result =
        new Simulation(new Ground.Made(seed, minutes, folder, rules, guards)).run();
    worlds++;
    broken += result.broken().isPresent() ? 1 : 0;
    total.add(result.figures());
    total.ended.addAll(
        result.figures().ended.stream().map(run -> result.seed() + "/" + run).toList());
    return result;
  }

  Figures figures() {
    return total;
  }

  static String words(Simulation.Result result) {
    Figures of = result.figures();
    return "lives="
        + of.lives
        + " judged="
        + of.judgements
        + " notices="
        + of.notices
        + " plans="
        + of.plans
        + " ended="
        + of.ended.size()
        + result.broken().map(how -> " BROKEN " + how.getMessage()).orElse("");
  }

  String total() {
    return "total worlds="
        + worlds
        + " failed="
        + broken
        + " lives="
        + total.lives
        + " judged="
        + total.judgements
        + " records="
        + total.records
        + " notices="
        + total.notices
        + " plans="
        + total.plans
        + " intents="
        + total.intents
        + " signals="
        + total.signals
        + " ended="
        + total.ended.size()
        + " kinds_of_faults="
        + total.faults.size()
        + " faults="
        + total.faults.values().stream().mapToInt(Integer::intValue).sum();
  }
}
