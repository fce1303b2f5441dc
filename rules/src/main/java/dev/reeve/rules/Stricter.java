package dev.reeve.rules;

import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a set takes effect although its tests fail: what it forbids. A test can be wrong, and
 * whoever takes something back must not have to mend it first.
 */
final class Stricter {
  /** No file of a folder has a name like this. */
  static final String OFF = "removed/while-tests-fail.yaml";

  private Stricter() {}

  /** Whether nothing in the set is new or looser than it was. */
  static boolean isAll(List<Rule> before, List<Rule> after) {
    SortedMap<String, Rule> was = byId(before);
    return after.stream()
        .allMatch(
            rule ->
                was.containsKey(rule.id())
                    && RuleChange.between(was.getOrDefault(rule.id(), rule), rule)
                        != RuleChange.LOOSER);
  }

  /** Rules that judge now and are not wanted any more. */
  static SortedSet<String> gone(List<Rule> now, List<Rule> wanted) {
    SortedSet<String> gone = new TreeSet<>(byId(now).keySet());
    gone.removeAll(byId(wanted).keySet());
    return gone;
  }

  /** A file that turns rules off; empty where there are none. */
  static Optional<String> off(SortedSet<String> rules) {
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(
            rules.stream()
                .map(rule -> "  - {rule: " + rule + ", mode: off}\n")
                .collect(
                    Collectors.joining(
                        "",
                        "pack: {name: removed-while-tests-fail, version: 1}\noverrides:\n",
                        "")));
  }

  /**
   * Rules that may warn and not act: those that are to be another, since what they are to be does
   * not judge.
   */
  static SortedMap<String, String> held(List<Rule> judging, List<Rule> wanted) {
    SortedMap<String, Rule> is = byId(wanted);
    SortedMap<String, String> held = new TreeMap<>();
    for (Rule rule : judging) {
      Rule other = is.get(rule.id());
      if (other == null) {
        held.put(rule.id(), "it was removed, and the set without it does not load");
      } else if (RuleChange.between(rule, other) != RuleChange.SAME
          || RuleChange.between(other, rule) != RuleChange.SAME) {
        held.put(rule.id(), "it was changed, and a test fails");
      }
    }
    return held;
  }

  private static SortedMap<String, Rule> byId(List<Rule> rules) {
    SortedMap<String, Rule> byId = new TreeMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule));
    return byId;
  }
}
