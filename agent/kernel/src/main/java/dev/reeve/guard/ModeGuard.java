package dev.reeve.guard;

import java.util.Optional;
import java.util.function.Supplier;

/** Nothing is changed unless somebody wrote that it may be. */
record ModeGuard(Supplier<Mode> mode) implements Guard {
  @Override
  public String name() {
    return "mode";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    return switch (mode.get()) {
      case APPROVE, ACT -> ofRule(question);
      case OBSERVE ->
          deny(
              "mode is observe: it would "
                  + question.plan().remedy().verb()
                  + "; 'mode: act' lets it");
      case OFF -> deny("mode is off");
    };
  }

  private Optional<Verdict> ofRule(Question question) {
    return switch (question.situation().rule().mode()) {
      case ACT -> Optional.empty();
      case OBSERVE ->
          deny(
              "rule "
                  + question.situation().rule().id()
                  + " observes: it would "
                  + question.plan().remedy().verb()
                  + "; 'mode: act' in its file, or in an override, lets it");
    };
  }
}
