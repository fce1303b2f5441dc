package dev.reeve.spi;

import dev.reeve.guard.Permit;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;

/**
 * What one platform can do about waste. Every write is conditional on the incarnation that was
 * judged; no step can be executed without a {@link Permit}, which only the guard makes.
 *
 * <p>Threads: steps of different plans may run at once; one plan's steps never do. Every call ends
 * within the action's own deadline on the world clock.
 */
public interface Action extends AutoCloseable {
  /** The platform of the workloads that it acts on, such as {@code node}. */
  String platform();

  /** Whether it can do this here, with the rights that the daemon has. */
  Offer offers(Remedy remedy, WorkloadSighting target);

  /** The target as it is right now, read from the platform itself, never from a cache. */
  Target read(WorkloadId workload, Incarnation judged) throws InterruptedException;

  /**
   * The steps of a plan in order, each with target state, deadline and inverse. Changes nothing.
   */
  List<Step> steps(Plan plan);

  /** The exact calls that the steps would make, for people. Changes nothing. */
  List<String> preview(Plan plan);

  /**
   * Executes one step. Refuses when the incarnation is not the plan's, when the target is
   * protected, or when the permit does not cover the step; answers {@link Outcome.NothingToDo} when
   * the goal is there already and {@link Outcome.Unknown} when the platform gave no answer.
   */
  Outcome execute(Plan plan, Step step, Permit permit) throws InterruptedException;

  /** Reads whether a step's goal is there: for waiting, for verifying, and after a restart. */
  Progress progress(Plan plan, Step step) throws InterruptedException;

  @Override
  default void close() {}

  /** Whether a remedy is possible. */
  sealed interface Offer {
    /**
     * @param saves whether the workload stops costing when it is done
     */
    record Possible(boolean saves) implements Offer {}

    /**
     * @param reason with the capability or permission that is missing, in words
     */
    record Impossible(String reason) implements Offer {}
  }

  /** A re-read target. */
  sealed interface Target {
    /**
     * @param uncovered members that the judged incarnation did not have and that nothing excuses;
     *     on a bare node a descendant of a covered process that is in no GPU's process list is
     *     excused. None may be left for a harming step.
     * @param utilization how busy the busiest of its devices is right now, from 0 to 1; empty where
     *     that cannot be read
     */
    record Present(WorkloadSighting now, SortedSet<String> uncovered, OptionalDouble utilization)
        implements Target {
      /** Where nobody can say how busy its devices are. */
      public Present(WorkloadSighting now, SortedSet<String> uncovered) {
        this(now, uncovered, OptionalDouble.empty());
      }
    }

    record Gone() implements Target {}

    record Unreadable(String reason) implements Target {}
  }

  /** How far a step came. */
  sealed interface Progress {
    record Reached(String seen) implements Progress {}

    record NotYet(String seen) implements Progress {}

    record Unreadable(String reason) implements Progress {}
  }
}
