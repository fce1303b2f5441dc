package dev.reeve.collectors.history;

import dev.reeve.spi.History.HistoryException;

/// Samples in the order of their times, one after the other.
interface Samples extends AutoCloseable {
  /// Goes to the next one; false at the end.
  boolean next() throws HistoryException, InterruptedException;

  long millis();

  int series();

  double value();

  /// How much was read, from 0 to 1.
  double progress();

  @Override
  default void close() {}
}
