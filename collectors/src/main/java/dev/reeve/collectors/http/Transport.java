package dev.reeve.collectors.http;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.spi.CollectException;
import java.net.URI;
import java.time.Duration;

/// What carries the answers of exporters here: the port below every collector that asks one.
@FunctionalInterface
public interface Transport {
  /// Reads the answer of a server into a body, whatever it held before.
  ///
  /// @throws CollectException if there is no whole answer; the body then holds nothing
  /// @throws InterruptedException if the thread was interrupted, before or while it waited
  void get(URI target, Body into) throws CollectException, InterruptedException;

  /// Makes one.
  interface Maker {
    /// @param timeout for the whole call
    /// @param maxBytes of an answer once it is decompressed
    Transport with(Duration timeout, int maxBytes);
  }
}
