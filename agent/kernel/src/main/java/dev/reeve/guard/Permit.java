package dev.reeve.guard;

import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Allows one call of one step on one incarnation, soon. Only this package makes permits, so an
 * action that was not judged does not compile.
 */
public final class Permit {
  private final String plan;
  private final int step;
  private final String incarnation;
  private final String ruleSet;
  private final long expiresNanos;
  private final Ticker world;
  private final AtomicBoolean spent = new AtomicBoolean();

  Permit(Plan plan, Step step, Ticker world, long expiresNanos) {
    this.plan = plan.id();
    this.step = step.number();
    this.incarnation = plan.target().incarnation().uid();
    this.ruleSet = plan.ruleSet();
    this.world = world;
    this.expiresNanos = expiresNanos;
  }

  /**
   * Spends it on this step. An action calls this directly before its call to the platform.
   *
   * @throws NotCovered when it was made for another step, plan, incarnation or rule set, when it
   *     was spent before, or when its time is over
   */
  public void spend(Plan on, Step at) throws NotCovered {
    if (!plan.equals(on.id())
        || step != at.number()
        || !incarnation.equals(on.target().incarnation().uid())
        || !ruleSet.equals(on.ruleSet())) {
      throw new NotCovered("the permit was made for step " + step + " of " + plan);
    }
    if (world.nanos() > expiresNanos) {
      throw new NotCovered("the permit for step " + step + " of " + plan + " is over");
    }
    if (!spent.compareAndSet(false, true)) {
      throw new NotCovered("the permit for step " + step + " of " + plan + " was spent");
    }
  }

  /** A call that the permit does not cover. */
  public static final class NotCovered extends Exception {
    private static final long serialVersionUID = 1L;

    NotCovered(String message) {
      super(message);
    }
  }
}
