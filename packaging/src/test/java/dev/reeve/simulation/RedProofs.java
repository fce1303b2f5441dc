package dev.reeve.simulation;

import dev.reeve.guard.WithoutGuard;
import dev.reeve.spi.RuleEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes out one guard after the other and says in which world that is found out, and by which
 * promise. Arguments: how many worlds at most, then the names of guards.
 */
final class RedProofs {
  private static final int MINUTES = 1440;

  private RedProofs() {}

  public static void main(String[] arguments) throws Exception {
    Quiet.please();
    Path scratch = Files.createTempDirectory("reeve-red");
    List<RuleEngine> rules = Sets.shipped(scratch);
    for (String guard : List.of(arguments).subList(1, arguments.length)) {
      Trials trials = new Trials(scratch, rules, MINUTES, WithoutGuard.of(guard));
      String found = "not found out";
      for (int seed = 1; seed <= Integer.parseInt(arguments[0]); seed++) {
        Simulation.Result result = trials.live(seed);
        if (result.broken().isPresent()) {
          found = "seed " + seed + ": " + result.broken().get().getMessage();
          break;
        }
      }
      System.out.println(guard + "\t" + found);
    }
    Trials.clear(scratch);
    Files.delete(scratch);
  }
}
