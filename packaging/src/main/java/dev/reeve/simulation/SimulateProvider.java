package dev.reeve.simulation;

import dev.reeve.spi.CommandProvider;

/** Adds {@code reeve simulate}. */
public final class SimulateProvider implements CommandProvider {
  /** Called by the service loader. */
  public SimulateProvider() {}

  @Override
  public Object command() {
    return new SimulateCommand();
  }
}
