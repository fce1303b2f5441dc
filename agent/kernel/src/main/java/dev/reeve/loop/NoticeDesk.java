package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.model.Episode;
import dev.reeve.model.Notice;
import dev.reeve.spi.Notifier;
import dev.reeve.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Tells owners, off the loop. Only what a channel acknowledged is a delivery; the first one starts
 * the notice clock.
 */
final class NoticeDesk implements AutoCloseable {
  private static final Logger logger = System.getLogger(NoticeDesk.class.getName());

  /** Evidence clock: how long after a failed attempt the next is made. */
  private static final Duration RETRY = Duration.ofMinutes(2);

  private final List<Notifier> notifiers;
  private final DecisionLog log;
  private final EpisodeBook book;
  private final LoopEvents events;
  private final Ticker evidence;
  private final Executor executor;
  private final Set<String> inFlight = new HashSet<>();
  private final Map<String, Long> triedNanos = new HashMap<>();
  private final Map<String, Thread> threads = new HashMap<>();
  private boolean closed;

  NoticeDesk(
      List<Notifier> notifiers,
      DecisionLog log,
      EpisodeBook book,
      LoopEvents events,
      Ticker evidence,
      Executor executor) {
    this.notifiers = List.copyOf(notifiers);
    this.log = log;
    this.book = book;
    this.events = events;
    this.evidence = evidence;
    this.executor = executor;
  }

  /** Tries to deliver, unless an attempt is under way or was made just now. */
  synchronized void tell(Episode episode, Notice notice, long now) {
    Long tried = triedNanos.get(episode.id());
    if (closed
        || inFlight.contains(episode.id())
        || (tried != null && now - tried < RETRY.toNanos())) {
      return;
    }
    if (notifiers.isEmpty()) {
      book.note(episode.id(), "no channel reaches the owner: none is configured");
      return;
    }
    inFlight.add(episode.id());
    triedNanos.put(episode.id(), now);
    executor.execute(() -> deliver(episode, notice));
  }

  private synchronized void begun(Episode episode) {
    threads.put(episode.id(), Thread.currentThread());
    if (closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Episode episode, Notice notice) {
    begun(episode);
    boolean delivered = false;
    List<String> failures = new ArrayList<>();
    try {
      for (Notifier notifier : notifiers) {
        Notifier.Delivery delivery = delivery(notifier, notice);
        switch (delivery) {
          case Notifier.Delivery.Delivered to -> {
            log.append(sent(episode, notifier, true, to.to()));
            events.noticed(episode, notifier.name(), true);
            delivered = true;
          }
          case Notifier.Delivery.NotDelivered not -> {
            failures.add(notifier.name() + ": " + not.reason());
            events.noticed(episode, notifier.name(), false);
          }
        }
      }
      settle(episode, delivered, failures);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        inFlight.remove(episode.id());
        threads.remove(episode.id());
      }
    }
  }

  /** A notifier that throws harms nobody else. */
  private static Notifier.Delivery delivery(Notifier notifier, Notice notice)
      throws InterruptedException {
    try {
      return notifier.deliver(notice);
    } catch (RuntimeException failure) {
      logger.log(Level.ERROR, "notifier " + notifier.name() + " failed: " + failure, failure);
      return new Notifier.Delivery.NotDelivered(failure.toString());
    }
  }

  private void settle(Episode episode, boolean delivered, List<String> failures) {
    if (delivered) {
      book.warned(episode.id(), evidence.nanos());
    } else {
      book.note(episode.id(), "no channel reaches the owner: " + String.join("; ", failures));
    }
  }

  private static Decision.NoticeSent sent(
      Episode episode, Notifier notifier, boolean delivered, String detail) {
    return new Decision.NoticeSent(
        episode.id(), episode.workload(), notifier.name(), delivered, detail);
  }

  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads.values());
    }
    running.forEach(Thread::interrupt);
  }
}
