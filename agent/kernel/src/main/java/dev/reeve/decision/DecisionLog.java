package dev.reeve.decision;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
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
  private final DecisionState state = new DecisionState();

  /** A record of the journal that cannot be understood: observe only, never start empty. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(long sequence, String message, Throwable cause) {
      super("record " + sequence + " of the journal cannot be understood: " + message, cause);
    }
  }

  private DecisionLog(Journal journal) {
    this.journal = journal;
  }

  /** Folds all that the journal holds. */
  public static DecisionLog over(Journal journal) throws Unreadable {
    DecisionLog log = new DecisionLog(journal);
    try (Stream<JournalRecord> records = journal.read(1)) {
      for (JournalRecord record : (Iterable<JournalRecord>) records::iterator) {
        log.state.fold(record, read(record));
      }
    }
    return log;
  }

  private static Decision read(JournalRecord record) throws Unreadable {
    try {
      return DecisionReader.read(record.type(), record.json());
    } catch (RuntimeException malformed) {
      throw new Unreadable(record.sequence(), malformed.toString(), malformed);
    }
  }

  /**
   * Appends a decision and folds it as the next start will: from the record, with its stamp.
   * Returns when it is durable.
   *
   * @throws IllegalStateException when it was not appended; nothing may be done on the strength of
   *     it
   */
  public synchronized long append(Decision decision) {
    JournalEntry entry =
        new JournalEntry(DecisionWriter.type(decision), DecisionWriter.write(decision));
    // throws before anything is written: what no start could read again must not be in the journal
    DecisionReader.read(entry.type(), entry.json());
    AppendResult result = journal.append(entry, journal.last());
    return switch (result) {
      case AppendResult.Appended appended -> fold(appended.record());
      case AppendResult.Conflict conflict ->
          throw new IllegalStateException(
              "somebody else appended to the journal: it ends at " + conflict.actualLast());
      case AppendResult.Unknown unknown ->
          throw new IllegalStateException("the journal gave no answer: " + unknown.reason());
    };
  }

  private long fold(JournalRecord record) {
    try {
      state.fold(record, read(record));
    } catch (Unreadable ownRecord) {
      throw new IllegalStateException(ownRecord);
    }
    return record.sequence();
  }

  /** Reads the state and decides on it, while nobody else appends. */
  public synchronized <T> T locked(Function<DecisionState, T> decide) {
    return decide.apply(state);
  }

  public long last() {
    return journal.last();
  }

  @Override
  public void close() {
    journal.close();
  }
}
