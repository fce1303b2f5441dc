package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.model.Finding;
import dev.reeve.model.Match;
import dev.reeve.model.Rule;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pass makes of a snapshot, without anything that it remembers or does: for benchmarks. */
public final class Findings {
  private Findings() {}

  /** What the engine fired, each with its evidence and what it wastes. */
  public static List<Finding> of(RuleEngine engine, Snapshot snapshot)
      throws RuleEngine.RuleEngineException {
    Judge judge = new Judge(engine.ruleSet(), snapshot);
    Map<String, Rule> rules = new HashMap<>();
    engine.ruleSet().rules().forEach(rule -> rules.put(rule.id(), rule));
    List<Finding> findings = new ArrayList<>();
    for (Match match : engine.evaluate(judge.facts())) {
      Rule rule = rules.get(match.rule());
      if (rule != null) {
        SubjectId subject =
            new SubjectId(rule.targetPattern().kind(), match.facts().getFirst().subject());
        findings.add(judge.judge(rule, subject).finding());
      }
    }
    return findings;
  }
}
