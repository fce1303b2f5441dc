package dev.reeve.decision;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.JournalVerifier;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The journal and the state that is a fold over it, kept in step: what is not appended did not
 * happen, and what was appended is folded before the call returns.
 *
 * <p>Thread-safe. Everything that reads the state and then decides on it runs under {@link
 * #locked}, so that two plans cannot both take the last of a budget.
 */
public final class DecisionLog implements AutoCloseable {
  private final Journal journal;
  private final Retention retention;
  private final Refold fold;

  /**
   * A record of the journal that cannot be understood, or a checkpoint that is not what the records
   * before it add up to: observe only, never start empty.
   */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(long sequence, String message) {
      super("record " + sequence + " of the journal cannot be understood: " + message);
    }
  }

  private DecisionLog(Journal journal, Retention retention, Refold fold) {
    this.journal = journal;
    this.retention = retention;
    this.fold = fold;
  }

  /** A log over a journal of which everything is kept. */
  public static DecisionLog over(Journal journal) throws Unreadable {
    return over(journal, Retention.ALL);
  }

  /** Folds what the journal holds, from a checkpoint on where there is one. */
  public static DecisionLog over(Journal journal, Retention retention) throws Unreadable {
    Refold fold = new Refold();
    try (Stream<JournalRecord> records = journal.read(journal.foldsFrom())) {
      for (JournalRecord record : (Iterable<JournalRecord>) records::iterator) {
        Optional<JournalVerifier.Objection> objection = fold.check(record);
        if (objection.isPresent()) {
          throw new Unreadable(record.sequence(), objection.get().expectation());
        }
      }
    }
    return new DecisionLog(journal, retention, fold);
  }

  /**
   * Appends a decision and folds it as the next start will: from the record, with its stamp.
   * Returns when it is durable.
   *
   * @throws IllegalStateException when it was not appended; nothing may be done on the strength of
   *     it
   */
  public synchronized long append(Decision decision) {
    if (journal.isFull()) {
      checkpoint();
    }
    JournalEntry entry =
        new JournalEntry(DecisionWriter.type(decision), DecisionWriter.write(decision));
    // throws before anything is written: what no start could read again must not be in the journal
    DecisionReader.read(entry.type(), entry.json());
    return fold(appended(journal.append(entry, journal.last())));
  }

  /** What this state is goes first into the next segment. */
  private void checkpoint() {
    JournalCheckpoint checkpoint =
        new JournalCheckpoint(
            StateCodec.VERSION,
            StateCodec.write(fold.state()),
            retention.keptFrom(fold.state(), journal.segments()));
    JournalRecord record = appended(journal.checkpoint(checkpoint, journal.last()));
    fold.state().checkpointed(record, checkpoint);
  }

  private static JournalRecord appended(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended appended -> appended.record();
      case AppendResult.Conflict conflict ->
          throw new IllegalStateException(
              "somebody else appended to the journal: it ends at " + conflict.actualLast());
      case AppendResult.Unknown unknown ->
          throw new IllegalStateException("the journal gave no answer: " + unknown.reason());
    };
  }

  private long fold(JournalRecord record) {
    fold.check(record)
        .ifPresent(
            objection -> {
              throw new IllegalStateException(
                  "record " + record.sequence() + ": " + objection.expectation());
            });
    return record.sequence();
  }

  /** Reads the state and decides on it, while nobody else appends. */
  public synchronized <T> T locked(Function<DecisionState, T> decide) {
    return decide.apply(fold.state());
  }

  public long last() {
    return journal.last();
  }

  @Override
  public void close() {
    journal.close();
  }
}
