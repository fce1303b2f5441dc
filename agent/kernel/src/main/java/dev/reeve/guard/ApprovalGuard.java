package dev.reeve.guard;

import dev.reeve.decision.Decision;
import java.util.Optional;

/** What somebody refused is not done; where somebody has to approve, nothing else is. */
record ApprovalGuard(Modes modes, Approving approving) implements Guard {
  @Override
  public String name() {
    return "approval";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    Optional<Decision.Refused> refusal =
        question.state().consents().refusal(question.plan().episode());
    if (refusal.isPresent()) {
      return deny("refused by " + refusal.get().by() + ": " + refusal.get().reason());
    }
    Modes.InForce inForce = modes.of(question);
    if (inForce.mode() != Mode.APPROVE || approving.given(question)) {
      return Optional.empty();
    }
    return ask(
        inForce.where()
            + "; 'reeve approve "
            + question.plan().id()
            + "' lets it"
            + approving.missing(question));
  }
}
