package dev.reeve.guard;

import java.util.Optional;

/**
 * One reason not to act. Stateless: what must survive a restart is a fold of the journal.
 *
 * <p>Threads: any; asked under the decision log's lock, so it waits for nothing.
 */
interface Guard {
  /** Its name in verdicts, metrics and documentation. */
  String name();

  /** Empty to let it pass, else a verdict whose reason names what to change. */
  Optional<Verdict> check(Question question);

  default Optional<Verdict> deny(String reason) {
    return Optional.of(new Verdict.Deny(name(), reason));
  }

  default Optional<Verdict> ask(String reason) {
    return Optional.of(new Verdict.AskHuman(name(), reason));
  }

  default Optional<Verdict> hold(String reason, java.time.Duration retryIn) {
    return Optional.of(new Verdict.Hold(name(), reason, retryIn));
  }
}
