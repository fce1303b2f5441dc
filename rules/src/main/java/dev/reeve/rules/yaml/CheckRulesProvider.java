package dev.reeve.rules.yaml;

import dev.reeve.spi.CommandProvider;

/** Adds {@code reeve check rules}. */
public final class CheckRulesProvider implements CommandProvider {
  /** Called by the service loader. */
  public CheckRulesProvider() {}

  @Override
  public Object command() {
    return new CheckRulesCommand();
  }

  @Override
  public String parent() {
    return "check";
  }
}
