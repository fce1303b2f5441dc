package dev.reeve.rules.diff;

import dev.reeve.spi.CommandProvider;

/** Adds {@code reeve rules}. */
public final class RulesProvider implements CommandProvider {
  /** Called by the service loader. */
  public RulesProvider() {}

  @Override
  public Object command() {
    return new RulesCommand();
  }
}
