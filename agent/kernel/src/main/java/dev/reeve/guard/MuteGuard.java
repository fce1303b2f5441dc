package dev.reeve.guard;

import java.util.Optional;

/**
 * A rule whose actions do not help only warns, until a person lets it act again: what it judges is
 * not what is wrong.
 *
 * @param after so many plans, one after the other, that did not help
 */
record MuteGuard(int after) implements Guard {
  @Override
  public String name() {
    return "mute";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    String rule = question.plan().rule();
    int without = question.state().helps().without(rule);
    return without < after || question.underWay() || BudgetGuard.begun(question)
        ? Optional.empty()
        : deny(reason(rule, without));
  }

  static String reason(String rule, int without) {
    return "the last "
        + without
        + " actions of rule "
        + rule
        + " did not help, so it only warns; 'reeve unmute "
        + rule
        + "' lets it act again";
  }
}
