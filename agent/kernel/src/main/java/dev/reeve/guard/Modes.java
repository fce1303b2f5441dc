package dev.reeve.guard;

import dev.reeve.model.RuleMode;
import dev.reeve.model.WorkloadSighting;

/**
 * How far a plan may go: the strictest of the daemon's mode, those of guard.modes that concern it,
 * and its rule's.
 */
record Modes(Mode daemon, GuardPolicy policy) {

  /**
   * A mode, and where it is written.
   *
   * @param where for reasons, such as {@code mode is observe}
   * @param change what lets more happen
   */
  record InForce(Mode mode, String where, String change) {
    private InForce strictest(InForce other) {
      return other.mode().compareTo(mode) < 0 ? other : this;
    }
  }

  InForce of(Question question) {
    InForce strictest = ofDaemon();
    for (GuardPolicy.ScopedMode one : policy.modes()) {
      if (one.scope().covers(question)) {
        strictest = strictest.strictest(scoped(one));
      }
    }
    String rule = question.situation().rule().id();
    return question.situation().rule().mode() == RuleMode.ACT
        ? strictest
        : strictest.strictest(
            new InForce(
                Mode.OBSERVE,
                "rule " + rule + " observes",
                "'mode: act' in its file, or in an override, lets it"));
  }

  /** Whether an owner is told of what a rule finds. */
  boolean tells(String rule, WorkloadSighting workload) {
    return policy.modes().stream()
        .noneMatch(one -> one.mode() == Mode.OFF && one.scope().covers(rule, workload));
  }

  private InForce ofDaemon() {
    return new InForce(daemon, "mode is " + daemon.text(), "'mode: act' lets it");
  }

  private static InForce scoped(GuardPolicy.ScopedMode one) {
    return new InForce(
        one.mode(),
        "mode is " + one.mode().text() + one.scope().text() + " (guard.modes)",
        "another mode there lets it");
  }
}
