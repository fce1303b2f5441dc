package dev.reeve.simulation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Worlds made from seeds, in which everything fails but the promises. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Lives through simulated days in which everything fails, and looks after each step whether"
            + " a promise is broken.")
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--seed", paramLabel = "N", required = true, description = "the first world")
  private long seed;

  @Option(names = "--days", paramLabel = "D", defaultValue = "1", description = "how long each is")
  private int days;

  @Option(names = "--worlds", paramLabel = "N", defaultValue = "1", description = "how many worlds")
  private int worlds;

  @Option(names = "--story", description = "tells all that happened, also where nothing was broken")
  private boolean story;

  @Override
  public Integer call() throws Exception {
    Path scratch = Files.createTempDirectory("reeve-simulate");
    Trials trials = new Trials(scratch, Sets.compile(scratch), days * 1440);
    int broken = 0;
    for (long next = seed; next < seed + worlds; next++) {
      Simulation.Result result = trials.live(next);
      broken += result.broken().isPresent() ? 1 : 0;
      if (story || result.broken().isPresent()) {
        result.story().lines().forEach(System.out::println);
      }
      System.out.println("seed " + next + " " + result.digest() + " " + Trials.words(result));
    }
    System.out.println(trials.total());
    return broken == 0 ? 0 : 1;
  }
}
