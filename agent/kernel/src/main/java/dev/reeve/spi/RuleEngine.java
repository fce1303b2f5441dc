package dev.reeve.spi;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.RuleSet;
import java.util.Collection;
import java.util.List;

/**
 * Judges facts. Stateless between calls: every pass uses a fresh session, so that nothing outlives
 * a cycle inside the engine.
 *
 * <p>Threads: one call at a time.
 */
public interface RuleEngine extends AutoCloseable {
  /** The set in force, with its conditions as data and the slots that facts must be filled by. */
  RuleSet ruleSet();

  /**
   * One pass.
   *
   * @param facts filled by this set's slot table
   * @return what fired, unique per rule and target, in a fixed order
   * @throws RuleEngineException when the pass failed or ran over its limits; nothing was found then
   */
  List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException;

  @Override
  default void close() {}

  /** A pass that failed. */
  final class RuleEngineException extends Exception {
    private static final long serialVersionUID = 1L;

    public RuleEngineException(String message, Throwable cause) {
      super(message, cause);
    }

    public RuleEngineException(String message) {
      super(message);
    }
  }
}
