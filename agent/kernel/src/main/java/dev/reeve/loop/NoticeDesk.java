package dev.reeve.loop;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.Spent;
import dev.reeve.model.Episode;
import dev.reeve.model.Notice;
import dev.reeve.model.Promise;
import dev.reeve.model.Rule;
import dev.reeve.spi.Notifier;
import dev.reeve.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Tells owners, off the loop. Only what a channel acknowledged is a delivery; the first one starts
 * the notice clock, whatever the other channels do.
 */
final class NoticeDesk implements AutoCloseable {
  private static final Logger logger = System.getLogger(NoticeDesk.class.getName());

  /** Evidence clock: how long after a failed attempt the next is made. */
  private static final Duration RETRY = Duration.ofMinutes(2);

  private final List<Channel> channels;
  private final DecisionLog log;
  private final EpisodeBook book;
  private final LoopEvents events;
  private final Ticker evidence;
  private final Executor executor;
  private final Map<String, Spent.Told> inFlight = new TreeMap<>();
  private final Map<String, Long> triedNanos = new HashMap<>();
  private final Set<Thread> threads = new HashSet<>();
  private boolean closed;

  /**
   * @param turn one call at a time, as notifiers are promised
   */
  private record Channel(Notifier notifier, Semaphore turn) {}

  /** One attempt to tell one owner by all channels. */
  private static final class Attempt {
    private final Episode episode;
    private final Notice notice;
    private final Promise promised;
    private final SortedMap<String, String> failures = new TreeMap<>();
    private boolean delivered;
    private int waiting;

    Attempt(Episode episode, Notice notice, Promise promised, int channels) {
      this.episode = episode;
      this.notice = notice;
      this.promised = promised;
      this.waiting = channels;
    }
  }

  NoticeDesk(
      List<Notifier> notifiers,
      DecisionLog log,
      EpisodeBook book,
      LoopEvents events,
      Ticker evidence,
      Executor executor) {
    this.channels =
        notifiers.stream().map(notifier -> new Channel(notifier, new Semaphore(1, true))).toList();
    this.log = log;
    this.book = book;
    this.events = events;
    this.evidence = evidence;
    this.executor = executor;
  }

  /**
   * Tries to deliver, unless an attempt is under way or was made just now, or the rule told too
   * often already.
   *
   * @param rule says how often it may tell, and the least time between the delivery and a step that
   *     acts
   */
  void tell(Episode episode, Notice notice, Rule rule, long now) {
    if (channels.isEmpty()) {
      book.note(episode.id(), "no channel reaches the owner: none is configured");
      return;
    }
    Promise promised = Promise.of(rule.minNotice(), notice.remedies());
    Attempt attempt = new Attempt(episode, notice, promised, channels.size());
    Optional<String> objection;
    synchronized (this) {
      triedNanos.values().removeIf(tried -> now - tried >= RETRY.toNanos());
      if (closed || inFlight.containsKey(episode.id()) || triedNanos.containsKey(episode.id())) {
        return;
      }
      Spent.Told next = Throttle.counted(episode, notice);
      List<Spent.Told> underWay = List.copyOf(inFlight.values());
      objection =
          log.locked(
              state ->
                  Throttle.objection(
                      next, rule.limits(), underWay, new Throttle.State(state, now)));
      if (objection.isEmpty()) {
        inFlight.put(episode.id(), next);
        triedNanos.put(episode.id(), now);
      }
    }
    if (objection.isPresent()) {
      book.note(episode.id(), objection.get());
      return;
    }
    for (Channel channel : channels) {
      executor.execute(() -> deliver(channel, attempt));
    }
  }

  private synchronized void begun() {
    threads.add(Thread.currentThread());
    if (closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Channel channel, Attempt attempt) {
    begun();
    try {
      settle(channel, attempt, delivery(channel, attempt.notice));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      ended(attempt);
    }
  }

  /** A notifier that throws harms nobody else. */
  private static Notifier.Delivery delivery(Channel channel, Notice notice)
      throws InterruptedException {
    channel.turn().acquire();
    try {
      return channel.notifier().deliver(notice);
    } catch (RuntimeException failure) {
      logger.log(
          Level.ERROR, "notifier " + channel.notifier().name() + " failed: " + failure, failure);
      return new Notifier.Delivery.NotDelivered(failure.toString());
    } finally {
      channel.turn().release();
    }
  }

  private void settle(Channel channel, Attempt attempt, Notifier.Delivery delivery) {
    Episode episode = attempt.episode;
    String name = channel.notifier().name();
    switch (delivery) {
      case Notifier.Delivery.Delivered to -> {
        log.append(
            new Decision.NoticeSent(
                episode.id(), episode.workload(), attempt.notice.owner(), name, true, to.to()));
        book.warned(episode.id(), attempt.promised, evidence.nanos());
        synchronized (this) {
          attempt.delivered = true;
        }
        events.noticed(episode, name, true);
      }
      case Notifier.Delivery.NotDelivered not -> {
        synchronized (this) {
          attempt.failures.put(name, name + ": " + not.reason());
        }
        events.noticed(episode, name, false);
      }
    }
  }

  private void ended(Attempt attempt) {
    boolean failed;
    synchronized (this) {
      threads.remove(Thread.currentThread());
      attempt.waiting--;
      if (attempt.waiting > 0) {
        return;
      }
      inFlight.remove(attempt.episode.id());
      failed = !closed && !attempt.delivered;
    }
    if (failed) {
      book.note(
          attempt.episode.id(),
          "no channel reaches the owner: " + String.join("; ", attempt.failures.values()));
    }
  }

  /** Interrupts what is being delivered; waits for nothing. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads);
    }
    running.forEach(Thread::interrupt);
  }
}
