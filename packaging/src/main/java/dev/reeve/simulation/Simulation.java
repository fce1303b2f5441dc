package dev.reeve.simulation;

import dev.reeve.daemon.StartException;
import dev.reeve.guard.Mode;
import dev.reeve.journal.LyingDisk;
import java.util.Optional;
import java.util.Random;

/** One world from its first minute to its last. */
final class Simulation {
  /** Twice what it takes from the last work to the end, and time in the queue of the budget. */
  private static final int WASTED = 95;

  private static final long SECOND = 1_000_000_000L;

  private final Ground ground;
  private final Troubles troubles;
  private final Random random;
  private final int minutes;
  private final long seed;
  private int lives;
  private int downUntil;

  /**
   * What came of a world.
   *
   * @param broken the promise that was broken, in words; empty where all were kept
   * @param digest of everything that happened, and of the journal
   */
  record Result(long seed, Figures figures, Optional<Broken> broken, Story story, String digest) {}

  Simulation(Ground.Made made) {
    this.ground = new Ground(made);
    this.seed = made.seed();
    this.minutes = made.minutes();
    this.random = new Random(seed * 31 + 7);
    this.troubles = new Troubles(ground, seed, minutes);
  }

  /** What it stands on, to be changed before it runs. */
  Ground ground() {
    return ground;
  }

  /** Lives through it. */
  Result run() {
    ground.config.write(Mode.ACT);
    ground.disk.plan(_ -> troubles.diskOperation());
    Optional<Broken> broken = Optional.empty();
    try {
      for (int minute = 0; minute < minutes; minute++) {
        minute(minute);
      }
    } catch (Broken promise) {
      broken = Optional.of(promise);
      ground.story.tell("ORACLE", "a promise is broken: " + promise.getMessage());
    } finally {
      ground.stage.clear();
      ground.life.ifPresent(left -> left.telemetry().close());
    }
    ground.figures.records = ground.ledger.size();
    ground.figures.lives = lives;
    ground.disk.durable().forEach((_, bytes) -> ground.story.seal(bytes));
    return new Result(seed, ground.figures, broken, ground.story, ground.story.digest());
  }

  private void minute(int minute) {
    long begin = minute * SimClock.MINUTE;
    if (ground.clock.minute() > minute) {
      return; // it is suspended
    }
    ground.clock.advanceTo(begin);
    ground.world.settle();
    ground.world.step();
    if (troubles.calm()) {
      ground.world.countMissed(ground.figures, WASTED);
    }
    troubles.begin(minute);
    if (ground.life.isEmpty() && minute >= downUntil) {
      alive(this::start);
    }
    if (ground.clock.minute() > minute) {
      return; // it was suspended
    }
    alive(() -> watch(begin));
  }

  private void watch(long begin) {
    ground.stage.runUntil(begin + SECOND);
    Optional<Ground.Life> now = ground.life;
    if (now.isPresent()) {
      for (int i = 0; i < now.get().collectors(); i++) {
        ground.stage.runUntil(ground.clock.nanos() + SECOND);
        collect(now.get(), i);
      }
      ground.stage.runUntil(ground.clock.nanos() + SECOND);
      now.get().heart().look();
      troubles.looked();
      judge(now.get());
      troubles.operate(now.get());
    }
    ground.stage.runUntil(begin + SimClock.MINUTE - 1);
  }

  private static void collect(Ground.Life now, int collector) {
    try {
      now.heart().collect(collector);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private void judge(Ground.Life now) {
    try {
      now.heart().judge();
      ground.figures.judgements++;
    } catch (RuntimeException bug) {
      throw new Broken(Promise.ALIVE, "a pass broke off: " + bug);
    }
  }

  private void start() {
    lives++;
    ground.wire.revive();
    ground.story.tell("reeve", "starts for the " + lives + ". time");
    try {
      troubles.starting();
      ground.oracle.begins(lives);
      Ground.Life begun = ground.begin(() -> ground.life.ifPresent(this::judge));
      ground.life = Optional.of(begun);
      begun.heart().resume();
    } catch (StartException cannot) {
      throw new Broken(Promise.OPENS, String.valueOf(cannot.getMessage()));
    }
  }

  /** Does it as long as the daemon lives; buries it when it dies of it. */
  private void alive(Runnable what) {
    try {
      what.run();
    } catch (Crash end) {
      ground.story.tell("reeve", "dies: " + end.getMessage());
      bury();
    } catch (LyingDisk.PowerCutError cut) {
      bury();
    }
  }

  private void bury() {
    ground.stage.clear();
    ground.life.ifPresent(dead -> dead.telemetry().close());
    ground.life = Optional.empty();
    downUntil = ground.clock.minute() + 1 + random.nextInt(random.nextInt(4) == 0 ? 90 : 5);
    troubles.died();
  }
}
