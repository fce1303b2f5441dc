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

  /**
   * Whether its target is found by how the device is and by nothing that is done with it: then it
   * is sick, and sick is not waste.
   */
  public boolean findsSickness() {
    List<Feature> asked = List.copyOf(Conditions.features(targetPattern().condition()));
    return !asked.isEmpty()
        && asked.stream()
            .allMatch(feature -> feature instanceof Feature.OfWindow of && of.signal().ofHealth());
  }

  /** The same with a longer notice, if that is longer than its own; what never acts needs none. */
  public Rule noticeAtLeast(Duration least) {
    return !acts() || minNotice.compareTo(least) >= 0
        ? this
        : new Rule(
            id, version, title, severity, why, patterns, target, ladder, actsOn, least, mode, card,
            limits);
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
