package dev.reeve.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Ends everything that a demonstration started, the newest first, and takes its folder away: at its
 * end, when it fails, or when a signal ends the process. Whoever comes second waits and does
 * nothing.
 */
final class Ending implements AutoCloseable {
  /** Ends one thing. */
  interface Started extends AutoCloseable {
    @Override
    void close();
  }

  private final Path folder;
  private final boolean keep;
  private final Deque<Started> started = new ArrayDeque<>();
  private volatile boolean closed;

  Ending(Path folder, boolean keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Takes charge of something; what comes too late is ended at once. */
  synchronized <T extends Started> T with(T one) {
    started.push(one);
    if (closed) {
      one.close();
    }
    return one;
  }

  /** Whether the end has begun; what is seen from then on says nothing of the daemon. */
  boolean begun() {
    return closed;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    started.forEach(Started::close);
    if (!keep) {
      try {
        remove();
      } catch (IOException | UncheckedIOException failure) {
        System.err.println(folder + " could not be removed: " + failure.getMessage());
      }
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
