package dev.reeve.spi;

import dev.reeve.model.Observation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What sources said over a time that is past, oldest first. All its instants are nanoseconds since
 * 1970.
 *
 * <p>Threads: one at a time.
 */
public interface History extends AutoCloseable {
  /**
   * What was heard next; empty at the end.
   *
   * @throws HistoryException when it cannot be read on
   * @throws InterruptedException when the caller is to stop
   */
  Optional<Heard> next() throws HistoryException, InterruptedException;

  /** How much of it was read, from 0 to 1; empty where that is not known. */
  default OptionalDouble progress() {
    return OptionalDouble.empty();
  }

  /** What could not be used, and why, for people; complete after the end. */
  List<String> notes();

  @Override
  default void close() {}

  /** One answer of one source, or that it gave none. */
  sealed interface Heard {
    long atNanos();

    record Answer(Observation observation) implements Heard {
      @Override
      public long atNanos() {
        return observation.atNanos();
      }
    }

    record Failure(String source, long atNanos, CollectException why) implements Heard {}
  }

  /** A history that cannot be opened or read on. */
  final class HistoryException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence that says what happened, where, and what to do
     */
    public HistoryException(String message) {
      super(message);
    }

    public HistoryException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
