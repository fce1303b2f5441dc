package dev.reeve.journal;

import java.util.UUID;

/// Where the times of records come from. Thread-safe.
@FunctionalInterface
public interface Stamps {
  Stamp now();

  /// One instant on both clocks.
  ///
  /// @param wallMillis wall time in milliseconds since 1970
  /// @param bootId which boot `bootNanos` belongs to
  /// @param bootNanos CLOCK_BOOTTIME in nanoseconds
  record Stamp(long wallMillis, UUID bootId, long bootNanos) {}
}
