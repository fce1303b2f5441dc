package dev.reeve.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The life of an episode, with the one table of its transitions.
 *
 * <pre>
 *   OBSERVED --notice delivered--> WARNED --ladder due--> DUE --intent--> INTENT --called--> ACTED
 *      |  ^                        |   ^                   |                |                  |
 *      |  +------------------------+   +--not due again----+                |                  |
 *      |      snooze: SNOOZED <--> WARNED, OBSERVED                         |                  |
 *      v                           v                       v                v                  v
 *   CLEARED (refuted) or EXPIRED (unknown too long)        ...    FAILED, UNKNOWN, VERIFIED --> UNDONE
 * </pre>
 */
public enum EpisodeState {
  /** Found; nobody was told yet, or no channel reaches the owner. */
  OBSERVED,
  /** A notice was delivered; its clock runs while the finding is confirmed. */
  WARNED,
  /** The owner asked for time. */
  SNOOZED,
  /** The ladder's time has come; the guard decides. */
  DUE,
  /** An intent is durable; the call may have been made. */
  INTENT,
  /** All steps were called; the goal is not seen yet. */
  ACTED,
  /** The goal was seen. */
  VERIFIED,
  FAILED,
  UNKNOWN,
  /** The condition was refuted. */
  CLEARED,
  /** The condition was unknown for two spans, or its subject is gone. */
  EXPIRED,
  UNDONE;

  private static final Map<EpisodeState, Set<EpisodeState>> NEXT =
      new EnumMap<>(EpisodeState.class);

  static {
    NEXT.put(OBSERVED, EnumSet.of(WARNED, SNOOZED, CLEARED, EXPIRED));
    NEXT.put(WARNED, EnumSet.of(OBSERVED, SNOOZED, DUE, CLEARED, EXPIRED));
    NEXT.put(SNOOZED, EnumSet.of(OBSERVED, WARNED, CLEARED, EXPIRED));
    NEXT.put(DUE, EnumSet.of(WARNED, SNOOZED, INTENT, CLEARED, EXPIRED));
    NEXT.put(INTENT, EnumSet.of(ACTED, FAILED, UNKNOWN, VERIFIED));
    NEXT.put(ACTED, EnumSet.of(INTENT, VERIFIED, FAILED, UNKNOWN));
    NEXT.put(VERIFIED, EnumSet.of(UNDONE));
    NEXT.put(FAILED, EnumSet.of(UNDONE));
    NEXT.put(UNKNOWN, EnumSet.of(VERIFIED, FAILED, UNDONE));
    NEXT.put(CLEARED, EnumSet.noneOf(EpisodeState.class));
    NEXT.put(EXPIRED, EnumSet.noneOf(EpisodeState.class));
    NEXT.put(UNDONE, EnumSet.noneOf(EpisodeState.class));
  }

  /** The states that may follow. */
  public Set<EpisodeState> next() {
    return Collections.unmodifiableSet(NEXT.getOrDefault(this, Set.of()));
  }

  /** Throws {@link IllegalStateException} for a transition that the table does not hold. */
  public EpisodeState to(EpisodeState state) {
    if (!next().contains(state)) {
      throw new IllegalStateException("an episode never goes from " + this + " to " + state);
    }
    return state;
  }

  /** Whether the rule's condition is still asked each cycle. */
  public boolean judged() {
    return this == OBSERVED || this == WARNED || this == SNOOZED || this == DUE;
  }

  /** Whether a plan of it may be half done. */
  public boolean acting() {
    return this == INTENT || this == ACTED;
  }

  /** Whether nothing happens to it by itself any more. */
  public boolean closed() {
    return !judged() && !acting() && this != UNKNOWN;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
