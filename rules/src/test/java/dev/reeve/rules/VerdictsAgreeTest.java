package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Conditions;
import dev.reeve.model.Fact;
import dev.reeve.model.Join;
import dev.reeve.model.Match;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two judges read one condition tree: the engine's compiled classes, and the three-valued answer.
 */
class VerdictsAgreeTest {
  private static final int RULES = 250;
  private static final int PASSES = 20;
  private static final int FACTS = 60;

  @Test
  void theEngineFiresExactlyWhatTheTreeConfirms() throws Exception {
    long seed = Long.getLong("reeve.seed", 20260101);
    RandomRules random = new RandomRules(seed);
    RuleEngine engine = Engines.of(random.rules(RULES));
    int single = 0;
    int joined = 0;
    int existing = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      List<Fact> facts = random.facts(engine.ruleSet().slots(), FACTS);
      List<Match> matches = engine.evaluate(facts);
      SortedSet<String> fired = new TreeSet<>();
      for (Match match : matches) {
        Rule rule = engine.ruleSet().rule(match.rule()).orElseThrow();
        fired.add(name(rule, match.facts()));
        single += rule.patterns().size() == 1 ? 1 : 0;
        joined += rule.patterns().size() == 1 ? 0 : 1;
        existing += rule.patterns().stream().anyMatch(Pattern::exists) ? 1 : 0;
      }
      assertEquals(expected(engine, facts), fired, "seed " + seed + ", pass " + pass);
      assertEquals(fired.size(), matches.size(), "a finding came twice");
    }
    assertTrue(
        single > 1000 && joined > 100 && existing > 30,
        "too few fired to prove much: " + single + ", " + joined + ", " + existing);
  }

  private static SortedSet<String> expected(RuleEngine engine, List<Fact> facts) {
    SortedSet<String> expected = new TreeSet<>();
    for (Rule rule : engine.ruleSet().rules()) {
      for (List<Fact> tuple : tuples(rule, facts)) {
        expected.add(name(rule, tuple));
      }
    }
    return expected;
  }

  /** Every way in which the facts make all patterns of the rule true, by plain loops. */
  private static List<List<Fact>> tuples(Rule rule, List<Fact> facts) {
    List<List<Fact>> tuples = List.of(List.of());
    for (Pattern pattern : rule.patterns()) {
      List<List<Fact>> longer = new ArrayList<>();
      for (List<Fact> tuple : tuples) {
        for (Fact fact : facts) {
          if (fits(rule, pattern, tuple, fact)) {
            List<Fact> next = new ArrayList<>(tuple);
            if (!pattern.exists()) {
              next.add(fact);
            }
            longer.add(next);
          }
        }
      }
      tuples = longer;
    }
    return tuples;
  }

  private static boolean fits(Rule rule, Pattern pattern, List<Fact> earlier, Fact fact) {
    return fact.subjectKind() == pattern.kind()
        && Conditions.truth(pattern.condition(), fact) == Truth.CONFIRMED
        && pattern.join().stream().allMatch(join -> joins(rule, join, earlier, fact));
  }

  private static boolean joins(Rule rule, Join join, List<Fact> earlier, Fact fact) {
    List<String> aliases = rule.named().stream().map(Pattern::alias).toList();
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

  private static String name(Rule rule, List<Fact> tuple) {
    return rule.id() + ":" + tuple.get(rule.named().indexOf(rule.targetPattern())).subject();
  }
}
