package dev.reeve.guard;

import static dev.reeve.model.Spans.text;

import dev.reeve.model.Truth;
import java.time.Duration;
import java.util.Optional;

/**
 * The rule must hold now, on evidence that this process saw itself over the rule's whole span, and
 * on none that follows an unknown stretch.
 */
record FreshEvidenceGuard(Duration freshWithin) implements Guard {
  @Override
  public String name() {
    return "fresh_evidence";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    Situation seen = question.situation();
    if (!seen.mistrust().isEmpty()) {
      return deny("the rule may not act: " + seen.mistrust());
    }
    Duration age = Duration.ofNanos(question.nowNanos() - seen.atNanos());
    if (age.compareTo(freshWithin) > 0) {
      return hold("the newest judgement is " + text(age) + " old", freshWithin);
    }
    if (seen.truth() == Truth.REFUTED) {
      return deny("the rule's condition is refuted now");
    }
    if (question.underWay()) {
      return Optional.empty();
    }
    if (seen.truth() == Truth.UNKNOWN) {
      return hold("whether the rule's condition holds is not known now", freshWithin);
    }
    return fullSpan(seen);
  }

  private Optional<Verdict> fullSpan(Situation seen) {
    Duration span = seen.rule().longestSpan();
    Duration observed = Duration.ofNanos(seen.atNanos() - seen.startedNanos());
    if (observed.compareTo(span) < 0) {
      return hold(
          "this process has observed for " + text(observed) + ", the rule needs " + text(span),
          span.minus(observed));
    }
    Duration held = Duration.ofNanos(seen.atNanos() - seen.heldSinceNanos());
    if (held.compareTo(span) < 0) {
      return hold(
          "it was unknown in between, and has held for " + text(held) + " of " + text(span),
          span.minus(held));
    }
    return Optional.empty();
  }
}
