package dev.reeve.guard;

import java.util.Optional;

/** Nothing is changed unless somebody wrote that it may be. */
record ModeGuard(Modes modes) implements Guard {
  @Override
  public String name() {
    return "mode";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    Modes.InForce inForce = modes.of(question);
    return switch (inForce.mode()) {
      case APPROVE, ACT -> Optional.empty();
      case OBSERVE ->
          deny(
              inForce.where()
                  + ": it would "
                  + question.plan().remedy().verb()
                  + "; "
                  + inForce.change());
      case OFF -> deny(inForce.where());
    };
  }
}
