package dev.reeve.spi;

import dev.reeve.config.Section;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the loader of rules. Found by {@link java.util.ServiceLoader}; exactly one is installed.
 */
public interface RuleEngineProvider {
  String name();

  /** Reads the {@code rules:} section; loads nothing yet. */
  RuleLoader open(Section section, Surroundings surroundings);

  /**
   * Loads rule files beside the shipped ones, instead of what a configuration names: for a
   * back-test and for tests of rules. It may take as long as a compiler does.
   *
   * @param sources files and folders as the operator named them; none: the shipped rules alone
   * @throws RuleEngine.RuleEngineException when one of them does not load, with all that is wrong
   */
  RuleEngine load(List<Path> sources, Surroundings surroundings)
      throws RuleEngine.RuleEngineException;
}
