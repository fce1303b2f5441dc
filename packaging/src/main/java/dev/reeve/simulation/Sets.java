package dev.reeve.simulation;

import dev.reeve.daemon.Plugins;
import dev.reeve.daemon.StartException;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.Clocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rule sets of all worlds, compiled once. */
final class Sets {
  private static final String TIGHTER =
      """
      pack: {name: site, version: 1}
      overrides:
        - {rule: idle-workload, params: {idle_below: 0.5%}, ladder: [warn at 30m, terminate at 1h]}
      """;

  private static final String LOOSER =
      """
      pack: {name: site, version: 1}
      overrides:
        - {rule: idle-workload, params: {idle_below: 2%}}
      """;

  private Sets() {}

  /** The shipped one, a tighter and a looser one. */
  static List<RuleEngine> compile(Path scratch) throws IOException, StartException {
    List<RuleEngine> sets = new ArrayList<>(shipped(scratch));
    for (String text : List.of(TIGHTER, LOOSER)) {
      Path folder = Files.createDirectories(scratch.resolve("set-" + sets.size()));
      Files.writeString(folder.resolve("site.yaml"), text);
      sets.add(Plugins.engine(List.of(folder), surroundings(scratch)));
    }
    return sets;
  }

  /** The shipped one alone, which needs no compiler: then reloading changes nothing. */
  static List<RuleEngine> shipped(Path scratch) throws StartException {
    return List.of(Plugins.engine(List.of(), surroundings(scratch)));
  }

  private static Surroundings surroundings(Path scratch) {
    Stage still = new Stage(new SimClock());
    return new Surroundings(
        new Clocks(still, still, () -> Instant.EPOCH, "none", 1), scratch, scratch);
  }
}
