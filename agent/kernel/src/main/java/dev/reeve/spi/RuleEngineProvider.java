package dev.reeve.spi;

import dev.reeve.config.Section;

/**
 * Makes the loader of rules. Found by {@link java.util.ServiceLoader}; exactly one is installed.
 */
public interface RuleEngineProvider {
  String name();

  /** Reads the {@code rules:} section; loads nothing yet. */
  RuleLoader open(Section section, Surroundings surroundings);
}
