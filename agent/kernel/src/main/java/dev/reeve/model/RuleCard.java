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
 * @param wastes how much of what a subject costs is wasted while the rule holds
 */
public record RuleCard(
    String pack,
    String owner,
    Status status,
    String risk,
    String runbook,
    List<String> falsePositives,
    Wastes wastes) {
  /** Of a rule that nobody described. */
  public static final RuleCard NONE =
      new RuleCard("", "", Status.STABLE, "", "", List.of(), Wastes.ALL);

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

  /** How much of what a subject costs is wasted. */
  public enum Wastes {
    ALL,
    /** Some of it, and how much is not known. */
    PART,
    /** It tells of something else. */
    NOTHING;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
