package dev.reeve.guard;

import dev.reeve.config.Glob;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.util.List;

/**
 * Whom a part of the configuration concerns: whoever fits all of its lists that are not empty. A
 * name that is not known fits every pattern, because scopes only ever hold something back.
 *
 * @param rules patterns for ids of rules
 * @param workloads patterns for the display form of workload ids
 */
public record Scope(
    List<Glob> rules,
    List<Glob> platforms,
    List<Glob> namespaces,
    List<Glob> owners,
    List<Glob> workloads) {
  /** Everybody. */
  public static final Scope ALL = new Scope(List.of(), List.of(), List.of(), List.of(), List.of());

  public Scope {
    rules = List.copyOf(rules);
    platforms = List.copyOf(platforms);
    namespaces = List.copyOf(namespaces);
    owners = List.copyOf(owners);
    workloads = List.copyOf(workloads);
  }

  /** Whether it is about what was planned for, or about what that is now. */
  boolean covers(Question question) {
    String rule = question.plan().rule();
    return covers(rule, question.plan().target())
        || question
            .situation()
            .workload()
            .map(Subject.Workload::sighting)
            .filter(now -> covers(rule, now))
            .isPresent();
  }

  /** Whether it is about what a rule does to a workload. */
  boolean covers(String rule, WorkloadSighting workload) {
    return covers(rule, workload.id(), workload.owner());
  }

  /** The same where no more is known of it. */
  boolean covers(String rule, WorkloadId workload, String owner) {
    return fits(rules, rule)
        && fits(platforms, workload.platform())
        && fits(namespaces, workload.namespace())
        && fits(owners, owner)
        && fits(workloads, workload.display());
  }

  private static boolean fits(List<Glob> patterns, String name) {
    return patterns.isEmpty()
        || name.isEmpty()
        || patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** For reasons: empty where it is everybody. */
  String text() {
    StringBuilder text = new StringBuilder();
    append(text, "rules", rules);
    append(text, "platforms", platforms);
    append(text, "namespaces", namespaces);
    append(text, "owners", owners);
    append(text, "workloads", workloads);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, List<Glob> patterns) {
    if (!patterns.isEmpty()) {
      text.append(text.isEmpty() ? " for " : ", ")
          .append(name)
          .append(' ')
          .append(String.join(" or ", patterns.stream().map(Glob::text).toList()));
    }
  }
}
