package dev.reeve.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Named periodic work on a virtual thread of its own. It never overlaps with itself; a run that
 * takes longer than the period delays the next. An exception is logged and ends that run only.
 */
public final class Duty implements AutoCloseable {
  private static final Logger logger = System.getLogger(Duty.class.getName());
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Duration period;
  private final Ticker ticker;
  private final Work work;
  private final Thread thread;
  private final Object gate = new Object();
  private volatile boolean stopped;
  private boolean asleep;
  private boolean woken;

  /** What is done each period. */
  @FunctionalInterface
  public interface Work {
    /** One run; interrupted when the duty is stopped. */
    void run() throws Exception;
  }

  /** Does not start it. The period counts on the given clock. */
  public Duty(String name, Duration period, Ticker ticker, Work work) {
    this.name = name;
    this.period = period;
    this.ticker = ticker;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  public Duty start() {
    thread.start();
    return this;
  }

  /** One run on the caller's thread: how a test steps it. */
  public void once() {
    try {
      work.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      logger.log(Level.ERROR, name + " failed: " + failure, failure);
    }
  }

  private void loop() {
    long next = ticker.nanos();
    while (!stopped && !Thread.currentThread().isInterrupted()) {
      once();
      next = Math.max(next + period.toNanos(), ticker.nanos());
      try {
        rest(Duration.ofNanos(Math.max(0, next - ticker.nanos())));
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private void rest(Duration time) throws InterruptedException {
    synchronized (gate) {
      if (woken) {
        woken = false;
        return;
      }
      asleep = true;
    }
    try {
      ticker.sleep(time);
    } catch (InterruptedException interrupted) {
      if (stopped) {
        throw interrupted;
      }
    } finally {
      synchronized (gate) {
        asleep = false;
        // a call that came while it was about to wake by itself
        woken = false;
        if (!stopped) {
          Thread.interrupted();
        }
      }
    }
  }

  /** Does the next run now, or right after the one that is under way. */
  public void wake() {
    synchronized (gate) {
      if (asleep) {
        asleep = false;
        thread.interrupt();
      } else {
        woken = true;
      }
    }
  }

  /** Stops it and waits up to five seconds for a run that is under way. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      if (!thread.join(STOP_LIMIT)) {
        logger.log(Level.WARNING, name + " did not stop within " + STOP_LIMIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
