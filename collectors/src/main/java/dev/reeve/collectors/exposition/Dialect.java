package dev.reeve.collectors.exposition;

import dev.reeve.model.Observation;
import java.time.Duration;
import java.util.SortedSet;

/// What the metrics of one kind of exporter mean, for a history that somebody else kept of it: the
/// same tables that its collector reads by. Found by [java.util.ServiceLoader].
public interface Dialect {
  /// All metrics that it understands.
  SortedSet<String> metrics();

  /// A reader for the answers of one exporter.
  Translator translator();

  /// Reads the answers of one exporter, oldest first.
  interface Translator {
    /// @param exposition the samples of one scrape as Prometheus text, labels of its relay included
    /// @return the readings, and whom their labels name as holders
    Observation read(Body exposition, String source, long atNanos, Duration interval);
  }
}
