package dev.reeve.demo;

import dev.reeve.spi.CommandProvider;

/** Adds {@code reeve demo}. */
public final class DemoProvider implements CommandProvider {
  /** Called by the service loader. */
  public DemoProvider() {}

  @Override
  public Object command() {
    return new DemoCommand();
  }
}
