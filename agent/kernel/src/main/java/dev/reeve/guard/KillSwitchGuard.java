package dev.reeve.guard;

import java.util.Optional;

/** Asked first, and once more as the last before the permit. */
record KillSwitchGuard(KillSwitch killSwitch) implements Guard {
  @Override
  public String name() {
    return "kill_switch";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    return killSwitch.pressed(question.state()).flatMap(this::deny);
  }
}
