package dev.reeve.decision;

import dev.reeve.journal.JournalRecord;
import java.util.UUID;

/** Folds decisions without a journal. */
public final class States {
  public static final UUID BOOT = new UUID(1, 1);

  private final DecisionState state = new DecisionState();
  private long sequence;

  public States(long nowNanos) {
    fold(new Decision.Started("test", "act", 1, "rules"), nowNanos);
  }

  public States fold(Decision decision, long nowNanos) {
    return fold(decision, nowNanos, BOOT);
  }

  public States fold(Decision decision, long nowNanos, UUID boot) {
    state.fold(
        new JournalRecord(
            ++sequence,
            0,
            boot,
            nowNanos,
            DecisionWriter.type(decision),
            1,
            DecisionWriter.write(decision)),
        decision);
    return this;
  }

  public DecisionState state() {
    return state;
  }
}
