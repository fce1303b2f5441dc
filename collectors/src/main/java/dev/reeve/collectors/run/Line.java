package dev.reeve.collectors.run;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One line that a program says. */
sealed interface Line {
  /** The first of a connection. */
  record Hello(long version) implements Line {}

  /**
   * Progress of a run.
   *
   * @param run its name within the workload
   * @param total steps after which it is done
   */
  record Report(
      String run, OptionalLong step, OptionalLong total, OptionalDouble loss, boolean ended)
      implements Line {}

  /** What the workload is. */
  record Declare(Declared declared) implements Line {}

  /** It wants to be told. */
  record Subscribe() implements Line {}

  /** It was told. */
  record Ack(String id) implements Line {}

  /** A line that is none; the sentence says what was expected. */
  final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    BadLineException(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  /** What a declaration says; absent parts say nothing. */
  record Declared(
      Optional<dev.reeve.model.WorkloadKind> kind,
      Optional<String> owner,
      Optional<String> group,
      Optional<dev.reeve.model.Checkpoint> checkpoint,
      Optional<dev.reeve.model.MoneyPerHour> budget,
      boolean protect,
      boolean singleNode) {}
}
