package dev.reeve.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the daemon logs in thousands of worlds is in nobody's interest; each story tells it. */
final class Quiet {
  /** Held, or the level is forgotten with it. */
  private static final Logger REEVE = Logger.getLogger("dev.reeve");

  private Quiet() {}

  static void please() {
    REEVE.setLevel(Level.OFF);
  }
}
