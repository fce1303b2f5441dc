package dev.reeve.guard;

import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.time.Ticker;

/**
 * Makes permits for tests of actions; it stands in the guard's package because nothing else may.
 */
public final class Permits {
  private Permits() {}

  public static Permit of(Plan plan, Step step, Ticker world) {
    return new Permit(plan, step, world, world.nanos() + 10_000_000_000L);
  }
}
