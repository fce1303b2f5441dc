package dev.reeve.loop;

import dev.reeve.model.Conditions;
import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Fires what the trees of rules with one pattern confirm, until a test makes it lie or fail. */
public final class FakeEngine implements RuleEngine {
  RuleSet set;

  /** Fires these besides. */
  final List<Match> lies = new ArrayList<>();

  /** Rules that never fire, whatever holds. */
  final List<String> silent = new ArrayList<>();

  String failure = "";
  String bug = "";

  /** What happens while it judges. */
  Runnable meanwhile = () -> {};

  /** Whether it cannot even say which rules are in force. */
  boolean broken;

  /** Judges workloads by {@link Seen#IDLE}. */
  public static FakeEngine idle() {
    return new FakeEngine(Seen.set(Seen.IDLE));
  }

  /** Judges by a set. */
  public static FakeEngine of(RuleSet set) {
    return new FakeEngine(set);
  }

  FakeEngine(RuleSet set) {
    this.set = set;
  }

  @Override
  public RuleSet ruleSet() {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return set;
  }

  @Override
  public List<Match> evaluate(Collection<Fact> facts) throws RuleEngineException {
    meanwhile.run();
    if (!failure.isEmpty()) {
      throw new RuleEngineException(failure);
    }
    if (!bug.isEmpty()) {
      throw new IllegalStateException(bug);
    }
    List<Match> fired = new ArrayList<>(lies);
    for (Rule rule : set.rules()) {
      if (rule.patterns().size() == 1 && !silent.contains(rule.id())) {
        for (Fact fact : facts) {
          if (fact.subjectKind() == rule.targetPattern().kind()
              && Conditions.truth(rule.targetPattern().condition(), fact) == Truth.CONFIRMED) {
            fired.add(new Match(rule.id(), List.of(fact)));
          }
        }
      }
    }
    return fired;
  }
}
