package dev.reeve.rules;

import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.RuleSet;
import dev.reeve.model.SlotTable;
import dev.reeve.spi.RuleEngine;
import java.util.Collection;
import java.util.List;

/** Judges nobody: what is left where every set that is there has hung. */
final class NoRules implements RuleEngine {
  private final RuleSet none = new RuleSet("none", List.of(), SlotTable.of(List.of()));

  @Override
  public RuleSet ruleSet() {
    return none;
  }

  @Override
  public List<Match> evaluate(Collection<Fact> facts) {
    return List.of();
  }
}
