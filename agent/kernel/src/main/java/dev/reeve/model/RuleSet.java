package dev.reeve.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules that judge together.
 *
 * @param hash SHA-256 of what the engine loads, in hexadecimal; on every finding and permit
 */
public record RuleSet(String hash, List<Rule> rules, SlotTable slots) {
  public RuleSet {
    rules = rules.stream().sorted(Comparator.comparing(Rule::id)).toList();
  }

  /** The same set under an operator's limit: each rule that acts gives at least this notice. */
  public RuleSet noticeAtLeast(Duration least) {
    return new RuleSet(hash, rules.stream().map(rule -> rule.noticeAtLeast(least)).toList(), slots);
  }

  public Optional<Rule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
