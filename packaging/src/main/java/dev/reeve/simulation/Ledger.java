package dev.reeve.simulation;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Listens at a journal: whatever it acknowledged must be in it for ever. */
final class Ledger {
  private final Wire wire;
  private final Listener listener;
  private final List<JournalRecord> acknowledged = new ArrayList<>();

  /** Is told of what became durable. */
  interface Listener {
    /**
     * @param sinceCall when the append began, counted in calls of the daemon
     */
    void appended(JournalRecord record, long sinceCall);
  }

  Ledger(Wire wire, Listener listener) {
    this.wire = wire;
    this.listener = listener;
  }

  /** Records that were acknowledged, by all lives. */
  int size() {
    return acknowledged.size();
  }

  /** The journal as another life finds it: nothing that was acknowledged may be missing. */
  Journal opened(Journal journal) {
    List<JournalRecord> found;
    try (Stream<JournalRecord> records = journal.read(1)) {
      found = records.toList();
    }
    for (int i = 0; i < acknowledged.size(); i++) {
      if (i >= found.size() || !found.get(i).equals(acknowledged.get(i))) {
        throw new Broken(
            Promise.LOST,
            "record "
                + (i + 1)
                + " of "
                + acknowledged.size()
                + " is "
                + (i < found.size() ? "another one" : "missing")
                + ": "
                + acknowledged.get(i).type());
      }
    }
    // one that was cut before it could say so is in it all the same
    for (int i = acknowledged.size(); i < found.size(); i++) {
      acknowledged.add(found.get(i));
      listener.appended(found.get(i), wire.calls());
    }
    return new Heard(journal);
  }

  private final class Heard implements Journal {
    private final Journal journal;

    Heard(Journal journal) {
      this.journal = journal;
    }

    @Override
    public AppendResult append(JournalEntry entry, long expectedLast) {
      long began = wire.calls();
      wire.locked();
      return heard(journal.append(entry, expectedLast), began);
    }

    @Override
    public boolean isFull() {
      return journal.isFull();
    }

    @Override
    public AppendResult checkpoint(JournalCheckpoint checkpoint, long expectedLast) {
      long began = wire.calls();
      return heard(journal.checkpoint(checkpoint, expectedLast), began);
    }

    private AppendResult heard(AppendResult result, long began) {
      if (result instanceof AppendResult.Appended appended) {
        acknowledged.add(appended.record());
        listener.appended(appended.record(), began);
      }
      return result;
    }

    @Override
    public List<Segment> segments() {
      return journal.segments();
    }

    @Override
    public long foldsFrom() {
      return journal.foldsFrom();
    }

    @Override
    public long last() {
      return journal.last();
    }

    @Override
    public Stream<JournalRecord> read(long fromSequence) {
      return journal.read(fromSequence);
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}
