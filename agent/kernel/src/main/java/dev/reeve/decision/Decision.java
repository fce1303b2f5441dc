package dev.reeve.decision;

import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Step;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One transition of what Reeve has decided. Only these are journaled. */
public sealed interface Decision {

  /** What is asked of people beside one plan, and what they ask for. */
  sealed interface Answer extends Decision {}

  /** The daemon started; the readings of its clock from here on belong to this boot and speed. */
  record Started(String version, String mode, double speed, String ruleSet) implements Decision {}

  /** An episode opened, changed its state, or a good part of its notice has passed. */
  record EpisodeMoved(Episode episode) implements Decision {}

  /** An attempt to tell the owner. */
  record NoticeSent(
      String episode,
      String workload,
      String owner,
      String channel,
      boolean delivered,
      String detail)
      implements Decision {}

  /** A plan is about to be carried out; its steps can be read back from here. */
  record PlanOpened(Plan plan) implements Decision {}

  /** A step is about to be executed. Durable before the call. */
  record Intent(
      String plan,
      int step,
      String name,
      Step.Effect effect,
      String workload,
      String rule,
      String remedy,
      String incarnation)
      implements Decision {}

  /**
   * The call came back.
   *
   * @param target the target as it stands after our own write, which the plan expects from now on
   */
  record StepEnded(String plan, int step, Outcome outcome, Optional<WorkloadSighting> target)
      implements Decision {}

  /** The wait for a step's goal ended. */
  record StepWaited(String plan, int step, boolean reached, String seen) implements Decision {}

  /** Nothing more will be done for a plan. */
  record PlanClosed(String plan, Result result, String detail, Cost saves) implements Decision {}

  /** What a plan came to. */
  enum Result {
    VERIFIED,
    FAILED,
    UNKNOWN
  }

  /**
   * The stop button.
   *
   * @param all whether restoring steps stop as well
   * @param forNanos evidence time after which it ends by itself; a jump of the wall clock does not
   *     end it, and the time between two boots does not count
   */
  record Paused(String by, String reason, boolean all, OptionalLong forNanos) implements Decision {}

  record Resumed(String by) implements Decision {}

  /**
   * A rule set is about to judge. Durable before it does; nothing else is loaded under its key.
   *
   * @param key names what it was made of
   * @param hash SHA-256 of what the engine loaded, in hexadecimal
   * @param by what made the daemon load it, such as {@code start} or a user
   * @param problem why it is not made of what is there now; empty where it is
   */
  record RulesLoaded(String key, String hash, int rules, String by, String problem)
      implements Decision {}

  /** A pass of a rule set did not come back, and the process ended because of it. */
  record RulesHung(String hash, long seconds) implements Decision {}

  /**
   * So many workloads were found within a short time that it is rather the observer who is wrong.
   *
   * @param found how many workloads one rule newly found
   * @param targets how many it could have found
   * @param episodes those that nothing is done about unless somebody approves it
   */
  record Doubted(String rule, int found, int targets, List<String> episodes) implements Decision {
    public Doubted {
      episodes = List.copyOf(episodes);
    }
  }

  /**
   * Somebody approves a plan, once.
   *
   * @param shown {@link Consents#shown} of the plan that was approved; any other is not
   * @param forNanos evidence time after which it is worth nothing any more; another boot ends it
   *     too
   */
  record Approved(String plan, String shown, String by, long forNanos) implements Decision {}

  /**
   * Plans became due together, more of them than a budget had left: somebody is to look at them.
   *
   * @param why which budget, in words
   */
  record OverBudget(List<String> episodes, String why) implements Answer {
    public OverBudget {
      episodes = List.copyOf(episodes);
    }
  }

  /** Somebody looked at a batch: these episodes go their way, before all other guards. */
  record BatchConfirmed(Batches.Kind kind, List<String> episodes, String by) implements Answer {
    public BatchConfirmed {
      episodes = List.copyOf(episodes);
    }
  }

  /**
   * Somebody asked for time.
   *
   * @param forNanos evidence time; what passes between two boots does not count
   */
  record Snoozed(String episode, String by, String reason, long forNanos) implements Answer {}

  /** Somebody says that a rule may act again although its actions did not help. */
  record Unmuted(String rule, String by) implements Answer {}

  /** Somebody says that nothing is to be done about an episode. */
  record Refused(String episode, String by, String reason) implements Decision {}
}
