package dev.reeve.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rule as data, compiled beside the engine's classes.
 *
 * @param id unique in its set, letters, digits and dashes
 * @param why the evidence behind its thresholds, with their source
 * @param patterns the first has no join, every later one is tied to an earlier one
 * @param target alias of the pattern whose subject is found wasteful
 * @param ladder in the order of time; the first rung notifies
 * @param actsOn kinds of workload for which rungs that act exist; for every other kind, unknown
 *     included, the ladder only notifies
 * @param minNotice no acting rung comes sooner than this after a notice that was delivered
 * @param mode how far it may go, whatever else may
 * @param limits what it allows itself of that, and how often it tells an owner
 */
public record Rule(
    String id,
    int version,
    String title,
    Severity severity,
    String why,
    List<Pattern> patterns,
    String target,
    List<Rung> ladder,
    SortedSet<WorkloadKind> actsOn,
    Duration minNotice,
    RuleMode mode,
    RuleCard card,
    List<Limit> limits) {
  public Rule {
    requireNonNull(severity, "severity");
    patterns = List.copyOf(patterns);
    limits = List.copyOf(limits);
    ladder = ladder.stream().sorted(Comparator.comparing(Rung::after)).toList();
    if (patterns.isEmpty() || ladder.isEmpty()) {
      throw new IllegalArgumentException("rule " + id + " needs a pattern and a ladder");
    }
    if (actsOn.contains(WorkloadKind.UNKNOWN)) {
      throw new IllegalArgumentException("rule " + id + " may not act on what is unknown");
    }
    if (actsOn.isEmpty() == ladder.stream().anyMatch(rung -> rung.remedy().acts())) {
      throw new IllegalArgumentException(
          "rule " + id + " needs kinds to act on if a rung acts, and none if none does");
    }
    actsOn = Collections.unmodifiableSortedSet(new TreeSet<>(actsOn));
  }

  /** The ladder of a workload of that kind: without the rungs that act where it is notify only. */
  public List<Rung> ladder(WorkloadKind kind) {
    return actsOn.contains(kind)
        ? ladder
        : ladder.stream().filter(rung -> !rung.remedy().acts()).toList();
  }

  /** The pattern whose subject is found wasteful. */
  public Pattern targetPattern() {
    for (Pattern pattern : patterns) {
      if (pattern.alias().equals(target)) {
        return pattern;
      }
    }
    throw new IllegalStateException("rule " + id + " has no pattern " + target);
  }

  /** The same with a longer notice, if that is longer than its own; what never acts needs none. */
  public Rule noticeAtLeast(Duration least) {
    return !acts() || minNotice.compareTo(least) >= 0 ? this : withMinNotice(least);
  }

  /** The same that finds something else. */
  public Rule withPatterns(List<Pattern> others, String found) {
    return new Rule(
        id, version, title, severity, why, others, found, ladder, actsOn, minNotice, mode, card,
        limits);
  }

  /** The same that does something else, or to others. */
  public Rule withLadder(List<Rung> steps, SortedSet<WorkloadKind> kinds) {
    return new Rule(
        id, version, title, severity, why, patterns, target, steps, kinds, minNotice, mode, card,
        limits);
  }

  /** The same with another notice. */
  public Rule withMinNotice(Duration notice) {
    return new Rule(
        id, version, title, severity, why, patterns, target, ladder, actsOn, notice, mode, card,
        limits);
  }

  /** The same in another mode. */
  public Rule withMode(RuleMode other) {
    return new Rule(
        id, version, title, severity, why, patterns, target, ladder, actsOn, minNotice, other, card,
        limits);
  }

  /** The same as somebody else describes it. */
  public Rule withCard(RuleCard other) {
    return new Rule(
        id, version, title, severity, why, patterns, target, ladder, actsOn, minNotice, mode, other,
        limits);
  }

  /** The same under other limits. */
  public Rule withLimits(List<Limit> others) {
    return new Rule(
        id, version, title, severity, why, patterns, target, ladder, actsOn, minNotice, mode, card,
        others);
  }

  /** Whether any rung changes something on a platform. */
  public boolean acts() {
    return !actsOn.isEmpty();
  }

  /** The longest span that any pattern asks for; zero where it asks for none. */
  public Duration longestSpan() {
    return patterns.stream()
        .flatMap(pattern -> Conditions.features(pattern.condition()).stream())
        .map(Feature::looksBack)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
