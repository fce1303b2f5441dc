package dev.reeve.guard;

import java.time.Duration;

/** What the guard says of one step of a plan; each with a reason that names what to change. */
public sealed interface Verdict {
  /** Name of the guard that decided. */
  String guard();

  String reason();

  /** The only one with a permit. */
  record Go(String guard, String reason, Permit permit) implements Verdict {}

  /**
   * Not yet.
   *
   * @param retryIn evidence clock: when it is worth asking again
   */
  record Hold(String guard, String reason, Duration retryIn) implements Verdict {}

  record Deny(String guard, String reason) implements Verdict {}

  record AskHuman(String guard, String reason) implements Verdict {}

  /** The word of it in journal, metrics and documentation. */
  default String word() {
    return switch (this) {
      case Go _ -> "go";
      case Hold _ -> "hold";
      case Deny _ -> "deny";
      case AskHuman _ -> "ask_human";
    };
  }
}
