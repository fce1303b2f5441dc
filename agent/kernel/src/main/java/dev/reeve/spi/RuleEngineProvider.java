package dev.reeve.spi;

import dev.reeve.config.Section;
import java.nio.file.Path;
import java.util.List;

/** Makes the rule engine. Found by {@link java.util.ServiceLoader}; exactly one is installed. */
public interface RuleEngineProvider {
  String name();

  /** Loads the rule set that the {@code rules:} section names, the shipped pack without one. */
  RuleEngine create(Section section, Surroundings surroundings)
      throws RuleEngine.RuleEngineException;

  /**
   * Loads rule files instead of what a configuration names: for a back-test and for tests of rules.
   *
   * @param sources files and folders as the operator named them
   * @throws RuleEngine.RuleEngineException when one of them does not load, with all that is wrong
   */
  default RuleEngine load(List<Path> sources, Surroundings surroundings)
      throws RuleEngine.RuleEngineException {
    throw new RuleEngine.RuleEngineException(
        "this release judges by the rules that come with it and cannot load "
            + sources
            + " yet; leave --rules out to use those");
  }
}
