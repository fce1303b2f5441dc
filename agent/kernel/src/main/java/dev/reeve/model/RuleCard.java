package dev.reeve.model;

import java.util.List;
import java.util.Locale;

/**
 * What people need to know of a rule that no machine judges by; empty text where nobody said it.
 *
 * @param pack name and version of the pack that it comes with
 * @param owner who answers for the rule
 * @param risk what a wrong finding would do
 * @param runbook where to read what to do about a finding
 * @param falsePositives what looks the same and is no waste
 */
public record RuleCard(
    String pack,
    String owner,
    Status status,
    String risk,
    String runbook,
    List<String> falsePositives) {
  /** Of a rule that nobody described. */
  public static final RuleCard NONE = new RuleCard("", "", Status.STABLE, "", "", List.of());

  public RuleCard {
    falsePositives = List.copyOf(falsePositives);
  }

  /** How ripe a rule is. */
  public enum Status {
    /** Observes only. */
    EXPERIMENTAL,
    STABLE,
    /** Still judges; to be replaced. */
    DEPRECATED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
