package dev.reeve.replay;

import dev.reeve.loop.Cycle;
import dev.reeve.model.Condition;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Conditions;
import dev.reeve.model.Fact;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tests have shown of each rule: that it acts, that it lets work alone, that it does nothing
 * where data is missing, and which parts of its condition were ever true and ever false.
 *
 * <p>Threads: one at a time.
 */
public final class Coverage {
  private final RuleSet rules;
  private final SortedMap<String, Map<Case, List<String>>> cases = new TreeMap<>();
  private final SortedMap<String, List<Seen>> leaves = new TreeMap<>();

  /** What a test can show of a rule. */
  public enum Case {
    /** The test expects that it finds something: an action, one held up, or {@code confirmed}. */
    POSITIVE,
    /**
     * The test expects nothing up to a time, and the rule's answer is then {@code refuted} for a
     * subject: what it asks is known, and does not hold.
     */
    NEGATIVE,
    /**
     * The test expects nothing up to a time that is no sooner than the rule's longest span, and the
     * rule's answer is then {@code unknown} for a subject, or its subjects are not seen any more.
     */
    MISSING
  }

  /**
   * A part of a condition that has no parts itself.
   *
   * @param subject alias of the pattern that it is in
   */
  public record Leaf(String subject, String text, boolean everTrue, boolean everFalse) {}

  /** What was shown of one rule: the names of the tests that showed it. */
  public record OfRule(String rule, Map<Case, List<String>> tests, List<Leaf> leaves) {
    public OfRule {
      Map<Case, List<String>> copy = new EnumMap<>(Case.class);
      for (Case one : Case.values()) {
        copy.put(one, List.copyOf(tests.getOrDefault(one, List.of())));
      }
      tests = copy;
      leaves = List.copyOf(leaves);
    }

    /** The tests that show a case. */
    public List<String> of(Case one) {
      return tests.getOrDefault(one, List.of());
    }

    /** The cases that no test shows. */
    public List<Case> lacks() {
      return List.of(Case.values()).stream().filter(one -> of(one).isEmpty()).toList();
    }
  }

  /** One leaf while tests run. */
  private static final class Seen {
    private final Pattern pattern;
    private final Condition leaf;
    private boolean isTrue;
    private boolean isFalse;

    Seen(Pattern pattern, Condition leaf) {
      this.pattern = pattern;
      this.leaf = leaf;
    }

    boolean is(Pattern of, Condition part) {
      return pattern.equals(of) && leaf.equals(part);
    }

    void in(Fact fact) {
      if (fact.subjectKind() == pattern.kind() && !(isTrue && isFalse)) {
        Truth truth = Conditions.truth(leaf, fact);
        isTrue |= truth == Truth.CONFIRMED;
        isFalse |= truth == Truth.REFUTED;
      }
    }

    Leaf leaf() {
      return new Leaf(pattern.alias(), ConditionText.of(leaf), isTrue, isFalse);
    }
  }

  Coverage(RuleSet rules) {
    this.rules = rules;
    for (Rule rule : rules.rules()) {
      List<Seen> seen = new ArrayList<>();
      for (Pattern pattern : rule.patterns()) {
        collect(pattern, pattern.condition(), seen);
      }
      leaves.put(rule.id(), seen);
    }
  }

  private static void collect(Pattern pattern, Condition condition, List<Seen> into) {
    switch (condition) {
      case Condition.All all -> all.of().forEach(part -> collect(pattern, part, into));
      case Condition.Any any -> any.of().forEach(part -> collect(pattern, part, into));
      case Condition.Compare _, Condition.KindIn _, Condition.Named _ -> {
        if (into.stream().noneMatch(seen -> seen.is(pattern, condition))) {
          into.add(new Seen(pattern, condition));
        }
      }
    }
  }

  void cycled(Cycle cycle) {
    for (Subject subject : cycle.snapshot().subjects()) {
      Fact fact = subject.fact();
      leaves.values().forEach(of -> of.forEach(leaf -> leaf.in(fact)));
    }
  }

  /** A test that passed has shown these. */
  void shown(String test, Map<String, ? extends Set<Case>> shown) {
    shown.forEach(
        (rule, of) ->
            of.forEach(
                one ->
                    cases
                        .computeIfAbsent(rule, _ -> new EnumMap<>(Case.class))
                        .computeIfAbsent(one, _ -> new ArrayList<>())
                        .add(test)));
  }

  /** All rules in the order of their ids. */
  public List<OfRule> rules() {
    return rules.rules().stream()
        .map(
            rule ->
                new OfRule(
                    rule.id(),
                    cases.getOrDefault(rule.id(), Map.of()),
                    leaves.getOrDefault(rule.id(), List.of()).stream().map(Seen::leaf).toList()))
        .toList();
  }
}
