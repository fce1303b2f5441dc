package dev.reeve.guard;

import dev.reeve.model.Plan;
import dev.reeve.spi.Action;

/**
 * A plan's target as its platform showed it. Only {@link GuardChain#reRead} makes one. A platform
 * may take its time, so it is read while nobody is kept waiting, and judged afterwards.
 */
public final class ReRead {
  private final String plan;
  private final String incarnation;
  private final Action.Target target;
  private final long startedNanos;

  /**
   * @param startedNanos world clock, before the platform was asked: what it shows may be that old
   */
  ReRead(Plan plan, Action.Target target, long startedNanos) {
    this.plan = plan.id();
    this.incarnation = plan.target().incarnation().uid();
    this.target = target;
    this.startedNanos = startedNanos;
  }

  boolean of(Plan asked) {
    return plan.equals(asked.id()) && incarnation.equals(asked.target().incarnation().uid());
  }

  Action.Target target() {
    return target;
  }

  long startedNanos() {
    return startedNanos;
  }
}
