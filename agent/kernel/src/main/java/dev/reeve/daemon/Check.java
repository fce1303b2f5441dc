package dev.reeve.daemon;

import dev.reeve.config.Configuration;
import dev.reeve.config.ReeveConfig;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.Clocks;

/** Lets every reader of a configuration read it, and starts nothing. */
public final class Check {
  private Check() {}

  /** All problems are in the configuration afterwards. */
  public static void providers(Configuration configuration, ReeveConfig config) {
    Clocks clocks = Daemon.clocks(config);
    Surroundings surroundings =
        new Surroundings(clocks, config.folders().runtime(), config.folders().state());
    Plugins.create(configuration.root(), surroundings).close();
    try {
      Plugins.rules(configuration.root(), surroundings).close();
    } catch (StartException cannot) {
      configuration.root().problem("rules", String.valueOf(cannot.getMessage()));
    }
    configuration.finish();
  }

  /** Which clock runs how fast, in words. */
  public static String clocks(ReeveConfig config) {
    double speed = config.clock().evidenceSpeed();
    return "the evidence clock (samples, spans, notices, cooldowns, budgets) runs at "
        + (speed == 1 ? "the world's speed" : speed + " times the world's speed")
        + "; the world clock (call deadlines, grace, fsync) is never sped up";
  }
}
