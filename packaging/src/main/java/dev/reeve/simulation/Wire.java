package dev.reeve.simulation;

import java.util.Optional;

/**
 * Every call that the daemon makes to anything outside of itself goes through here: this is where
 * it may die, and where the world may change under its hands.
 */
final class Wire {
  private final Stage stage;
  private long calls;
  private boolean dead;
  private Optional<Armed> death = Optional.empty();
  private Optional<Armed> change = Optional.empty();

  /** What happens at the n-th call from now on. */
  private static final class Armed {
    private final boolean whileActing;
    private final Runnable what;
    private int left;

    Armed(int left, boolean whileActing, Runnable what) {
      this.left = left;
      this.whileActing = whileActing;
      this.what = what;
    }

    boolean due(boolean acting) {
      return (acting || !whileActing) && left-- <= 0;
    }
  }

  Wire(Stage stage) {
    this.stage = stage;
  }

  /** How many calls were made, by all lives. */
  long calls() {
    return calls;
  }

  /**
   * The daemon calls while it holds locks: it may die of it, but nobody else gets a turn. Throws
   * {@link Crash} when it is dead.
   */
  void locked() {
    if (dead) {
      throw new Crash("it is dead");
    }
    calls++;
    mayDie();
  }

  /** The daemon calls. Throws {@link Crash} when it is dead, or dies of this call. */
  void call() {
    if (dead) {
      throw new Crash("it is dead");
    }
    calls++;
    if (change.isPresent() && change.get().due(stage.acting())) {
      Runnable what = change.get().what;
      change = Optional.empty();
      what.run();
    }
    mayDie();
  }

  private void mayDie() {
    if (death.isPresent() && death.get().due(stage.acting())) {
      Runnable what = death.get().what;
      death = Optional.empty();
      what.run();
      die("it was killed");
    }
  }

  /** Ends the daemon at once. */
  void die(String why) {
    dead = true;
    throw new Crash(why);
  }

  /** Whether it died. */
  boolean dead() {
    return dead;
  }

  /** Another life begins. */
  void revive() {
    dead = false;
  }

  /** Dies at the n-th call, or at the n-th that is made for a plan or a notice. */
  void dieAt(int call, boolean whileActing, Runnable before) {
    death = Optional.of(new Armed(call, whileActing, before));
  }

  /** Changes something at the n-th call that is made for a plan or a notice. */
  void changeAt(int call, Runnable what) {
    change = Optional.of(new Armed(call, true, what));
  }
}
