package dev.reeve.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A rule as data, compiled beside the engine's classes.
 *
 * @param id unique in its set, letters, digits and dashes
 * @param why the evidence behind its thresholds, with their source
 * @param patterns the first has no join, every later one is tied to an earlier one
 * @param target alias of the pattern whose subject is found wasteful
 * @param ladder in the order of time; the first rung notifies
 * @param minNotice no acting rung comes sooner than this after a notice that was delivered
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
    Duration minNotice) {
  public Rule {
    requireNonNull(severity, "severity");
    patterns = List.copyOf(patterns);
    ladder = ladder.stream().sorted(Comparator.comparing(Rung::after)).toList();
    if (patterns.isEmpty() || ladder.isEmpty()) {
      throw new IllegalArgumentException("rule " + id + " needs a pattern and a ladder");
    }
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

  /** Whether any rung changes something on a platform. */
  public boolean acts() {
    return ladder.stream().anyMatch(rung -> rung.remedy().acts());
  }

  /** The longest span that any pattern asks for; zero where it asks for none. */
  public Duration longestSpan() {
    return patterns.stream()
        .flatMap(pattern -> Conditions.features(pattern.condition()).stream())
        .map(feature -> feature instanceof Feature.OfWindow window ? window.span() : Duration.ZERO)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
