package dev.reeve.spi;

import dev.reeve.config.Section;

/** Makes the rule engine. Found by {@link java.util.ServiceLoader}; exactly one is installed. */
public interface RuleEngineProvider {
  String name();

  /** Loads the rule set that the {@code rules:} section names, the shipped pack without one. */
  RuleEngine create(Section section, Surroundings surroundings)
      throws RuleEngine.RuleEngineException;
}
