package dev.reeve.simulation;

import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Worlds made from seeds, in which everything fails but the promises. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Lives through simulated days in which everything fails, and looks after each step whether"
            + " a promise is broken; exit 1 if one is.")
final class SimulateCommand implements Callable<Integer> {
  private static final int MINUTES_OF_DAY = 1440;

  @Option(
      names = "--seed",
      paramLabel = "N",
      required = true,
      description = "the world, or the first")
  private long seed;

  @Option(names = "--days", paramLabel = "D", defaultValue = "1", description = "how long each is")
  private int days;

  @Option(
      names = "--worlds",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many worlds, each with the next seed")
  private int worlds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0",
      description = "goes on with more worlds until this time is over")
  private long seconds;

  @Option(
      names = "--every-fault",
      description = "exit 1 also where a kind of fault came in none of the worlds")
  private boolean everyFault;

  @Option(
      names = "--story",
      description = "tells all that happened, also where no promise was broken")
  private boolean story;

  @Override
  public Integer call() throws Exception {
    Quiet.please();
    Path scratch = Files.createTempDirectory("reeve-simulate");
    try {
      return live(scratch) ? 0 : 1;
    } finally {
      Trials.clear(scratch);
      Files.delete(scratch);
    }
  }

  private boolean live(Path scratch) throws Exception {
    Ticker clock = new BootTicker(BootClock::nanos);
    long began = clock.nanos();
    Trials trials = new Trials(scratch, Sets.compile(scratch), days * MINUTES_OF_DAY);
    boolean kept = true;
    long next = seed;
    while (next < seed + worlds || clock.since(began).compareTo(Duration.ofSeconds(seconds)) < 0) {
      Simulation.Result result = trials.live(next);
      kept &= result.broken().isEmpty();
      if (story || result.broken().isPresent()) {
        result.story().lines().forEach(System.out::println);
        System.out.println("again: reeve simulate --story --days " + days + " --seed " + next);
      }
      System.out.println(Trials.words(result));
      next++;
    }
    System.out.println(trials.total());
    List<Fault> missing = trials.figures().missing();
    if (everyFault && !missing.isEmpty()) {
      System.out.println("these faults never came: " + missing);
      return false;
    }
    return kept;
  }
}
