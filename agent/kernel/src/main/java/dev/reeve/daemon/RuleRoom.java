package dev.reeve.daemon;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.RuleHistory;
import dev.reeve.journal.Fatal;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import dev.reeve.time.Ticker;
import java.time.Duration;

/** The rules of this daemon: loaded by what the journal says of them, watched while they judge. */
final class RuleRoom {
  private static final int MOST_WORDS = 2_000;

  private final RuleLoader loader;
  private final DecisionLog log;
  private final Ticker world;
  private final Fatal fatal;
  private volatile RuleLoader.Loaded loaded;

  private RuleRoom(RuleLoader loader, DecisionLog log, Ticker world, Fatal fatal)
      throws RuleEngine.RuleEngineException {
    this.loader = loader;
    this.log = log;
    this.world = world;
    this.fatal = fatal;
    this.loaded = watched(loader.load(past()));
  }

  static RuleRoom open(RuleLoader loader, DecisionLog log, Ticker world, Fatal fatal)
      throws StartException {
    try {
      return new RuleRoom(loader, log, world, fatal);
    } catch (RuleEngine.RuleEngineException failure) {
      throw new StartException("the rules did not load: " + failure.getMessage(), failure);
    }
  }

  RuleLoader loader() {
    return loader;
  }

  /** The set that judges, or is about to. */
  RuleLoader.Loaded loaded() {
    return loaded;
  }

  /** Makes the set of what is there now; nothing has changed yet. */
  RuleLoader.Loaded next() throws RuleEngine.RuleEngineException {
    RuleLoader.Loaded next = watched(loader.load(past()));
    if (next.good().equals(loaded.good())) {
      next.engine().close();
      next = with(next, loaded.engine());
    }
    return next;
  }

  /** Durably, before it judges; what may only observe is not what a restart is to fall back to. */
  void takes(RuleLoader.Loaded next, String by) {
    boolean known = log.locked(state -> knows(state.rules(), next));
    if (!known && next.observeOnly().isEmpty()) {
      String problem = next.problem();
      log.append(
          new Decision.RulesLoaded(
              next.key(),
              next.good().hash(),
              next.engine().ruleSet().rules().size(),
              by,
              problem.substring(0, Math.min(MOST_WORDS, problem.length()))));
    }
    loaded = next;
  }

  private static boolean knows(RuleHistory rules, RuleLoader.Loaded next) {
    return !rules.loaded().isEmpty()
        && rules.loaded().getFirst().key().equals(next.key())
        && rules.loaded().getFirst().hash().equals(next.good().hash());
  }

  private RuleLoader.Past past() {
    return log.locked(
        state ->
            new RuleLoader.Past(
                state.rules().loaded().stream()
                    .map(set -> new RuleLoader.Good(set.key(), set.hash()))
                    .toList(),
                state.rules().hung()));
  }

  private RuleLoader.Loaded watched(RuleLoader.Loaded of) {
    return with(of, new WatchedEngine(of.engine(), world, WatchedEngine.LONGEST, this::hung));
  }

  private RuleLoader.Loaded with(RuleLoader.Loaded of, RuleEngine engine) {
    return new RuleLoader.Loaded(
        engine,
        of.key(),
        of.held(),
        of.problem(),
        of.observeOnly().isEmpty() ? sinceItHung(of.good().hash()) : of.observeOnly(),
        of.compiler(),
        of.tests());
  }

  /** Why a set that ended the process may not act, even if it comes back this time. */
  private String sinceItHung(String hash) {
    return log.locked(state -> state.rules().everHung(hash))
        ? "a pass of the rule set " + hash + " hung; it only observes until a rule file changes"
        : "";
  }

  private void hung(String hash, Duration waited) {
    log.append(new Decision.RulesHung(hash, waited.toSeconds()));
    String why = "a pass of the rule set " + hash + " has not come back";
    fatal.die(why + " for " + waited.toSeconds() + " s", new IllegalStateException(why));
  }
}
