package dev.reeve.replay;

import dev.reeve.model.Conditions;
import dev.reeve.model.Fact;
import dev.reeve.model.Join;
import dev.reeve.model.Match;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Judges by the condition trees alone, as the compiled classes do: the compiler isn't installed.
 */
final class TreeEngine implements RuleEngine {
  private final RuleSet rules;

  TreeEngine(List<Rule> rules) {
    this.rules = new RuleSet("tree", rules, SlotTable.of(rules));
  }

  @Override
  public RuleSet ruleSet() {
    return rules;
  }

  @Override
  public List<Match> evaluate(Collection<Fact> facts) {
    List<Match> matches = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      List<List<Fact>> tuples = List.of(List.of());
      for (Pattern pattern : rule.patterns()) {
        tuples =
            tuples.stream()
                .flatMap(
                    tuple ->
                        facts.stream()
                            .filter(fact -> fits(rule, pattern, tuple, fact))
                            .map(fact -> longer(tuple, fact)))
                .toList();
      }
      tuples.forEach(tuple -> matches.add(new Match(rule.id(), tuple)));
    }
    return matches;
  }

  private static List<Fact> longer(List<Fact> tuple, Fact fact) {
    List<Fact> longer = new ArrayList<>(tuple);
    longer.add(fact);
    return longer;
  }

  private static boolean fits(Rule rule, Pattern pattern, List<Fact> earlier, Fact fact) {
    return fact.subjectKind() == pattern.kind()
        && Conditions.truth(pattern.condition(), fact) == Truth.CONFIRMED
        && pattern.join().stream().allMatch(join -> joins(rule, join, earlier, fact));
  }

  private static boolean joins(Rule rule, Join join, List<Fact> earlier, Fact fact) {
    List<String> aliases = rule.patterns().stream().map(Pattern::alias).toList();
    String mine = key(join.mine(), fact);
    return !mine.isEmpty()
        && mine.equals(key(join.theirs(), earlier.get(aliases.indexOf(join.alias()))));
  }

  private static String key(Join.Key key, Fact fact) {
    return switch (key) {
      case SUBJECT -> fact.subject();
      case OWNER -> fact.owner();
      case GROUP -> fact.group();
    };
  }
}
