package dev.reeve.simulation;

import dev.reeve.guard.WithoutGuard;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes out one guard after the other and says in which world that is found out, and by which
 * promise. Arguments: how many worlds at most, then guards, each with the fault that is to come in
 * its worlds, as `KillSwitchGuard=PAUSE`; without one all worlds from the first on. `disk:force`
 * and `disk:sync` take out what makes files and their names durable.
 */
final class RedProofs {
  private static final int MINUTES = 1440;

  private RedProofs() {}

  public static void main(String[] arguments) throws Exception {
    Quiet.please();
    Path scratch = Files.createTempDirectory("reeve-red");
    List<RuleEngine> rules = Sets.shipped(scratch);
    int most = Integer.parseInt(arguments[0]);
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      Optional<Fault> fault =
          parts.length == 2 ? Optional.of(Fault.valueOf(parts[1])) : Optional.empty();
      boolean disk = parts[0].startsWith("disk:");
      Trials trials =
          new Trials(scratch, rules, MINUTES, disk ? chain -> chain : WithoutGuard.of(parts[0]));
      String found = "not found out";
      for (long seed : seeds(fault, most)) {
        Simulation.Result result = trials.live(seed, ground -> lie(parts[0], ground));
        if (result.broken().isPresent()) {
          Broken broken = result.broken().get();
          found = broken.promise() + " seed " + seed + ": " + broken.getMessage();
          break;
        }
      }
      System.out.println(argument + "\t" + found);
    }
    Trials.clear(scratch);
    Files.delete(scratch);
  }

  /** A disk that acknowledges what it does not do. */
  private static void lie(String what, Ground ground) {
    switch (what) {
      case "disk:force" -> ground.disk.ignoreForce();
      case "disk:sync" -> ground.disk.ignoreSync();
      default -> {}
    }
  }

  /** Worlds in which a fault comes at least twice. */
  private static List<Long> seeds(Optional<Fault> fault, int most) {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seeds.size() < most; seed++) {
      long times =
          fault.isEmpty()
              ? 2
              : Troubles.schedule(seed, MINUTES).values().stream()
                  .flatMap(List::stream)
                  .filter(fault.get()::equals)
                  .count();
      if (times >= 2) {
        seeds.add(seed);
      }
    }
    return seeds;
  }
}
