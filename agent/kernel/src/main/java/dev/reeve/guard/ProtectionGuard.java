package dev.reeve.guard;

import dev.reeve.config.Glob;
import dev.reeve.model.Protection;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.Optional;

/**
 * Leaves alone what is protected, what another platform owns, and what the rule may not act on.
 * What cannot be read is protected; a kind that is not known is not one that a rule names.
 */
record ProtectionGuard(List<Glob> protectedNames, List<Scope> protects) implements Guard {
  @Override
  public String name() {
    return "protection";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    Optional<Verdict> planned = check(question, question.plan().target());
    if (planned.isPresent() || question.situation().workload().isEmpty()) {
      return planned;
    }
    return check(question, question.situation().workload().orElseThrow().sighting());
  }

  /** The same for a target that was just re-read. */
  Optional<Verdict> check(Question question, WorkloadSighting target) {
    if (target.protection() instanceof Protection.Protected shield) {
      return deny("protected: " + shield.reason());
    }
    if (!target.foreignTo().isEmpty()) {
      return deny("it belongs to " + target.foreignTo() + ", which acts on its own workloads");
    }
    String name = target.id().display();
    for (Glob pattern : protectedNames) {
      if (pattern.matches(name)) {
        return deny("protected by the pattern '" + pattern + "' of guard.protect");
      }
    }
    for (Scope scope : protects) {
      if (scope.covers(question.plan().rule(), target)) {
        return deny("protected" + scope.text() + " (guard.leave_alone)");
      }
    }
    WorkloadKind kind = target.kind();
    if (!question.situation().rule().actsOn().contains(kind)) {
      return deny("its kind is " + kind.text() + ", on which this rule never acts");
    }
    return Optional.empty();
  }
}
