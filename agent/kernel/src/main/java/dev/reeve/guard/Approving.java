package dev.reeve.guard;

import dev.reeve.model.Plan;
import dev.reeve.model.Rule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an approval must be to count.
 *
 * @param lasts evidence clock: how long one can be used; another boot ends it too
 * @param byOthers whether whoever owns the rule or the workload may not be who approves
 * @param twoFor verbs of remedies that need two different persons
 */
public record Approving(Duration lasts, boolean byOthers, SortedSet<String> twoFor) {
  /** Of an operator who wrote nothing. */
  public static final Approving DEFAULT =
      new Approving(Duration.ofHours(1), false, new TreeSet<>());

  public Approving {
    twoFor = Collections.unmodifiableSortedSet(new TreeSet<>(twoFor));
  }

  /** How many persons must approve a plan. */
  public int needed(Plan plan) {
    return twoFor.contains(plan.remedy().verb()) ? 2 : 1;
  }

  /** Why somebody's approval of a plan would not count; empty where it would. */
  public Optional<String> objection(String person, Plan plan, Rule rule) {
    if (!byOthers) {
      return Optional.empty();
    }
    if (person.startsWith("uid ")) {
      return Optional.of("who " + person + " is cannot be known, and owners may not approve");
    }
    if (person.equals(rule.card().owner())) {
      return Optional.of(person + " owns rule " + rule.id() + ": somebody else has to approve");
    }
    if (person.equals(plan.target().owner())) {
      return Optional.of(person + " owns the workload: somebody else has to approve");
    }
    return Optional.empty();
  }

  /** Whether enough people whose approval counts approved exactly this. */
  boolean given(Question question) {
    return counting(question).size() >= needed(question.plan());
  }

  /** Who approved it and may. */
  List<String> counting(Question question) {
    return question.state().approvedBy(question.plan(), question.nowNanos()).stream()
        .filter(person -> objection(person, question.plan(), question.situation().rule()).isEmpty())
        .toList();
  }

  /** For reasons: what is still missing, such as a second person. */
  String missing(Question question) {
    int given = counting(question).size();
    return given == 0 || given >= needed(question.plan())
        ? ""
        : "; " + String.join(", ", counting(question)) + " did, a second person has to";
  }
}
