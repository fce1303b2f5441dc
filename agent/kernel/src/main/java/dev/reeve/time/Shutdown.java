package dev.reeve.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, stopped in the reverse order. Safe to close twice and from any thread. */
public final class Shutdown implements AutoCloseable {
  private static final Logger logger = System.getLogger(Shutdown.class.getName());

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Remembers it and returns it. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    started.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable resource = started.pop();
      try {
        resource.close();
      } catch (Exception failure) {
        logger.log(Level.WARNING, "stopping " + resource + " failed: " + failure, failure);
      }
    }
  }
}
