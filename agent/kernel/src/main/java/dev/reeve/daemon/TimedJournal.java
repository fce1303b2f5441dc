package dev.reeve.daemon;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Measures how long it takes until a record is durable. */
record TimedJournal(Journal journal, Ticker world, Consumer<Duration> appended) implements Journal {
  @Override
  public AppendResult append(JournalEntry entry, long expectedLast) {
    long began = world.nanos();
    AppendResult result = journal.append(entry, expectedLast);
    appended.accept(world.since(began));
    return result;
  }

  @Override
  public boolean isFull() {
    return journal.isFull();
  }

  @Override
  public AppendResult checkpoint(JournalCheckpoint checkpoint, long expectedLast) {
    long began = world.nanos();
    AppendResult result = journal.checkpoint(checkpoint, expectedLast);
    appended.accept(world.since(began));
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
