package dev.reeve.simulation;

import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Whatever the daemon starts beside its loop, one at a time and in one order: who sleeps hands over
 * to the world, and goes on when its time has come. Sleepers wake late, as on a busy machine, the
 * later the longer they wait.
 */
final class Stage implements Executor, Ticker {
  private static final long LATEST = 10_000_000_000L;
  private static final int SLEEPS_TO_DOUBLE = 12;

  private final SimClock clock;
  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore director = new Semaphore(0);
  private Optional<Actor> running = Optional.empty();
  private boolean dead;
  private int started;

  Stage(SimClock clock) {
    this.clock = clock;
  }

  private final class Actor {
    private final int number;
    private final Thread thread;
    private final Semaphore turn = new Semaphore(0);
    private long wakeNanos;
    private int sleeps;
    private boolean over;
    private Optional<Throwable> end = Optional.empty();

    Actor(int number, Runnable work) {
      this.number = number;
      this.wakeNanos = clock.nanos();
      this.thread = Thread.ofVirtual().name("actor-" + number).unstarted(() -> play(work));
    }

    private void play(Runnable work) {
      turn.acquireUninterruptibly();
      try {
        if (!dead) {
          work.run();
        }
      } catch (Throwable any) {
        end = Optional.of(any);
      } finally {
        over = true;
        director.release();
      }
    }
  }

  @Override
  public void execute(Runnable work) {
    Actor actor = new Actor(started++, work);
    actors.add(actor);
    actor.thread.start();
  }

  /** Whether an actor asks, not the loop. */
  boolean acting() {
    return running.isPresent();
  }

  /** Lets everybody act whose time comes until then. What they die of is thrown. */
  void runUntil(long instant) {
    Optional<Actor> next = next(instant);
    while (next.isPresent()) {
      clock.advanceTo(next.get().wakeNanos);
      hand(next.get());
      next = next(instant);
    }
    clock.advanceTo(instant);
  }

  private Optional<Actor> next(long instant) {
    return actors.stream()
        .filter(actor -> actor.wakeNanos <= instant)
        .min(
            Comparator.comparingLong((Actor actor) -> actor.wakeNanos)
                .thenComparingInt(actor -> actor.number));
  }

  private void hand(Actor actor) {
    running = Optional.of(actor);
    actor.turn.release();
    director.acquireUninterruptibly();
    running = Optional.empty();
    if (actor.over) {
      actors.remove(actor);
      if (actor.end.isPresent()) {
        rethrow(actor.end.get());
      }
    }
  }

  private static void rethrow(Throwable end) {
    switch (end) {
      case Error error -> throw error;
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(end);
    }
  }

  /** The daemon died: nobody of it acts any more. */
  void clear() {
    dead = true;
    for (Actor actor : List.copyOf(actors)) {
      actor.turn.release();
      director.acquireUninterruptibly();
    }
    actors.clear();
    dead = false;
  }

  @Override
  public long nanos() {
    return clock.bootNanos();
  }

  @Override
  public void sleep(Duration time) {
    if (dead) {
      throw new Crash("it sleeps for ever");
    }
    if (running.isEmpty()) {
      clock.advanceTo(clock.nanos() + time.toNanos());
      return;
    }
    Actor actor = running.get();
    long late = time.toNanos() << Math.min(20, actor.sleeps++ / SLEEPS_TO_DOUBLE);
    actor.wakeNanos = clock.nanos() + Math.max(time.toNanos(), Math.min(LATEST, late));
    director.release();
    actor.turn.acquireUninterruptibly();
    if (dead) {
      throw new Crash("it sleeps for ever");
    }
  }
}
