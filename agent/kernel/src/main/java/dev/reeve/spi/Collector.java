package dev.reeve.spi;

import dev.reeve.model.Observation;
import java.time.Duration;

/**
 * One source of telemetry or attribution: one exporter, one tool, one socket.
 *
 * <p>Threads: {@link #collect} is called by one thread at a time, a virtual thread of its own. Each
 * collector is measured and isolated by its caller: one that hangs or throws harms nobody else.
 */
public interface Collector extends AutoCloseable {
  /** Name and target, unique among all, such as {@code dcgm:localhost:9400}. */
  String name();

  /** How often it wants to be asked, on the evidence clock. */
  Duration interval();

  /**
   * Asks the source once.
   *
   * @return what it said, stamped with {@code Clocks.evidence}; nothing may be made up for what it
   *     left out
   * @throws CollectException when it did not answer, not in time, too much or not in its format:
   *     what it knows stays unknown
   * @throws InterruptedException when the daemon stops
   */
  Observation collect() throws CollectException, InterruptedException;

  /** Frees what it holds; waits for nothing. */
  @Override
  default void close() {}
}
