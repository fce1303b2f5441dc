package dev.reeve.cli;

import dev.reeve.journal.Fatal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Ends the process at once when the journal failed or a pass hung; nothing is retried. */
final class EndOfProcess implements Fatal {
  private static final Logger logger = System.getLogger(EndOfProcess.class.getName());
  private static final int SOFTWARE = 70;

  @Override
  public void die(String reason, Throwable cause) {
    logger.log(Level.ERROR, "ending at once: " + reason, cause);
    Runtime.getRuntime().halt(SOFTWARE);
  }
}
