package dev.reeve.rules.diff;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Spans;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one rule, and what a daemon would do with it.
 *
 * @param before as it judged; empty where it did not
 * @param after as it is to judge; empty where it does not
 */
record RuleEntry(
    String id,
    Fate fate,
    Optional<Rule> before,
    Optional<Rule> after,
    RuleChange change,
    List<Difference> differences) {

  RuleEntry {
    differences = List.copyOf(differences);
  }

  /** What happened to it as a whole. */
  enum Fate {
    ADDED,
    REMOVED,
    TURNED_ON,
    TURNED_OFF,
    CHANGED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Judges from now on: new to the daemon, whatever it was called before. */
  static RuleEntry come(Fate fate, Rule rule) {
    return new RuleEntry(
        rule.id(), fate, Optional.empty(), Optional.of(rule), RuleChange.LOOSER, List.of());
  }

  static RuleEntry gone(Fate fate, Rule rule) {
    return new RuleEntry(
        rule.id(), fate, Optional.of(rule), Optional.empty(), RuleChange.TIGHTER, List.of());
  }

  /** A rule that is off came or went: nothing judges by it, before or after. */
  static RuleEntry idle(Fate fate, String id) {
    return new RuleEntry(id, fate, Optional.empty(), Optional.empty(), RuleChange.SAME, List.of());
  }

  static RuleEntry changed(Rule before, Rule after, List<Difference> differences) {
    return new RuleEntry(
        after.id(),
        Fate.CHANGED,
        Optional.of(before),
        Optional.of(after),
        RuleChange.between(before, after),
        differences);
  }

  /** How long it only warns after a reload; empty where it may act at once, or never acts. */
  Optional<String> observes() {
    return after
        .filter(rule -> change == RuleChange.LOOSER)
        .filter(rule -> rule.acts() && rule.mode() == RuleMode.ACT)
        .map(Rule::longestSpan)
        .filter(span -> !span.isZero())
        .map(Spans::text);
  }

  /** Whether what was judged until now still counts. */
  boolean keepsEpisodes() {
    return change != RuleChange.LOOSER
        && before.flatMap(was -> after.map(is -> RuleChange.sameCondition(was, is))).orElse(false);
  }

  /** What a reload does with it, in words. */
  String reload() {
    if (before.isEmpty() && after.isEmpty()) {
      return "nothing: it is off";
    }
    if (after.isEmpty()) {
      return "at once; its open episodes expire, and a plan that is under way is given back";
    }
    String when =
        observes()
            .map(span -> "warns at once, and observes for " + span + " before it may act")
            .orElse("takes effect at once");
    if (before.isEmpty()) {
      return when;
    }
    return when
        + (keepsEpisodes()
            ? "; its episodes go on"
            : "; its episodes that are judged now expire and begin anew");
  }

  JsonObject json() {
    return Json.object()
        .put("rule", id)
        .put("change", fate.text())
        .put("class", Difference.word(change))
        .put("pack", after.or(() -> before).map(rule -> rule.card().pack()).orElse(""))
        .put("observes", observes().orElse(""))
        .put("episodes", keepsEpisodes() ? "kept" : before.isEmpty() ? "none" : "expire")
        .put("reload", reload())
        .put("differences", Json.array(differences.stream().map(Difference::json).toList()))
        .build();
  }
}
