package dev.reeve.simulation;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.RuleSet;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.RuleLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rule sets that were compiled before the world began: the shipped one, one that is tighter and one
 * that is looser. Engines are shared by all lives and worlds, so nobody closes them.
 */
final class SimRules implements RuleLoader {
  /** The rule that ends idle workloads. */
  static final String ENDS = "idle-workload";

  private final List<RuleEngine> sets;
  private int now;
  private boolean broken;
  private int version;

  /**
   * @param sets the shipped one first
   */
  SimRules(List<RuleEngine> sets) {
    this.sets = sets;
  }

  /** Other files are there from now on. */
  void change(int set, boolean doesNotLoad) {
    now = Math.min(set, sets.size() - 1);
    broken = doesNotLoad;
    version++;
  }

  @Override
  public List<Path> watched() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    return "version " + version;
  }

  @Override
  public Loaded load(Past past) {
    SortedMap<String, String> held = new TreeMap<>();
    if (broken) {
      held.put(ENDS, "its file was changed and does not load");
    }
    return new Loaded(
        new Kept(sets.get(now)),
        "set-" + now,
        held,
        broken ? "a file does not load" : "",
        "",
        "",
        Tests.NONE);
  }

  /** An engine that stays open. */
  private record Kept(RuleEngine engine) implements RuleEngine {
    @Override
    public RuleSet ruleSet() {
      return engine.ruleSet();
    }

    @Override
    public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
      return engine.evaluate(facts);
    }

    @Override
    public void close() {}
  }
}
