package dev.reeve.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One call of an action with what it must bring about.
 *
 * @param number from 1, in the order of execution
 * @param name the action's own word for it, such as {@code sigterm}
 * @param goal the target state, in words
 * @param deadline world clock: how long the goal may take before the next step's turn
 * @param readable whether its effect can be read back; otherwise it names its proof in {@code
 *     arguments} and is UNKNOWN without it
 * @param continueWhenUnknown whether the plan goes on when it stays UNKNOWN
 * @param arguments what the action needs to execute and read back, also after a restart
 * @param inverse what takes it back, where the platform allows it
 */
public record Step(
    int number,
    String name,
    Effect effect,
    String goal,
    Duration deadline,
    boolean readable,
    boolean continueWhenUnknown,
    SortedMap<String, String> arguments,
    Optional<Step> inverse) {
  public Step {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
  }

  /** What a step does to its target. */
  public enum Effect {
    /** Takes something away: needs a full window, a fresh verdict and a permit. */
    HARMING,
    /** Gives it back: needs no evidence, runs also while paused. */
    RESTORING
  }
}
