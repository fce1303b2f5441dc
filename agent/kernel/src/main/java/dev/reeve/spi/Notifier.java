package dev.reeve.spi;

import dev.reeve.model.Notice;

/**
 * A channel that reaches an owner. Only what was acknowledged counts as delivered; a record nobody
 * acknowledged is none. A collector may be one too: it is asked when it implements this.
 *
 * <p>Threads: one call at a time, off the loop; every call ends within its own deadline.
 */
public interface Notifier extends AutoCloseable {
  /** Name of the channel, such as {@code webhook}. */
  String name();

  Delivery deliver(Notice notice) throws InterruptedException;

  @Override
  default void close() {}

  /** What came of it. */
  sealed interface Delivery {
    /**
     * @param to who acknowledged it
     */
    record Delivered(String to) implements Delivery {}

    record NotDelivered(String reason) implements Delivery {}
  }
}
