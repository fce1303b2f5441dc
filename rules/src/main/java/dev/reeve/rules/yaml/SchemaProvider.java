package dev.reeve.rules.yaml;

import dev.reeve.spi.CommandProvider;

/** Adds {@code reeve schema}. */
public final class SchemaProvider implements CommandProvider {
  /** Called by the service loader. */
  public SchemaProvider() {}

  @Override
  public Object command() {
    return new SchemaCommand();
  }
}
