package dev.reeve.spi;

import java.nio.file.Path;
import java.time.Instant;

/** Reads histories of one kind. Found by {@link java.util.ServiceLoader}. */
public interface HistoryProvider {
  /** What it reads, as people write it, such as {@code prometheus:URL}. */
  String form();

  /** Whether a source is written in its form. Looks at no more than the first bytes of a file. */
  boolean reads(String source);

  /** Opens a source that it reads. */
  History open(Request request) throws History.HistoryException, InterruptedException;

  /**
   * What is to be read.
   *
   * @param from what is older is left out
   * @param to what is newer is left out
   * @param scratch an empty folder for what does not fit into memory; the caller clears it
   */
  record Request(String source, Instant from, Instant to, Path scratch) {}
}
