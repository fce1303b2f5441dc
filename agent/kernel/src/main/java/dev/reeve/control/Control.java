package dev.reeve.control;

import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/**
 * What the daemon does when an operator asks.
 *
 * <p>Threads: any, several at once. What changes anything is durable before it returns.
 */
public interface Control {
  /** Holds harming steps from now on. Answers what is in force. */
  JsonValue pause(Pause pause, Caller caller) throws RefusedException;

  /** Lets steps go on. Answers what is in force. */
  JsonValue resume(Caller caller) throws RefusedException;

  /** Takes up changed rules and configuration now. Answers what judges, and what does not load. */
  JsonValue reload(Caller caller) throws RefusedException;

  /**
   * Answers a question, such as {@code status}, {@code plan}, {@code explain}, {@code findings},
   * {@code episodes}; changes nothing.
   *
   * @param arguments the members of the request besides {@code v} and {@code do}
   * @throws RefusedException for a name or an argument that is none, naming those that are
   */
  JsonValue query(String name, JsonObject arguments) throws RefusedException;

  /**
   * An operator's answer: {@code approve}, {@code deny}, {@code snooze}, {@code undo} or {@code
   * unmute}.
   */
  JsonValue decide(Answer answer, JsonObject arguments, Caller caller) throws RefusedException;

  /** The answers that an operator gives. */
  enum Answer {
    APPROVE,
    DENY,
    SNOOZE,
    UNDO,
    UNMUTE
  }

  /**
   * @param reason why, for whoever wonders later
   * @param duration evidence clock; empty until somebody resumes
   * @param all whether restoring steps are held too
   */
  record Pause(String reason, Optional<Duration> duration, boolean all) {}

  /** Not done; the message is a sentence that says what was expected. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
      super(sentence);
    }
  }
}
