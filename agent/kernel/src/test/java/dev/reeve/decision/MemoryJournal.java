package dev.reeve.decision;

import dev.reeve.journal.AppendResult;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalEntry;
import dev.reeve.journal.JournalRecord;
import dev.reeve.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Records that outlive a log and are folded by the next one, as on disk. */
public final class MemoryJournal implements Journal {
  private final Ticker world;
  private final InstantSource wall;
  private final List<JournalRecord> records = new ArrayList<>();
  private UUID boot = new UUID(0, 1);

  public MemoryJournal(Ticker world) {
    this(world, () -> Instant.EPOCH);
  }

  /**
   * @param wall what its stamps say for people
   */
  public MemoryJournal(Ticker world, InstantSource wall) {
    this.world = world;
    this.wall = wall;
  }

  /** From here on it is another boot. */
  public void reboot() {
    boot = new UUID(0, boot.getLeastSignificantBits() + 1);
  }

  public String bootId() {
    return boot.toString();
  }

  /** A log over all that was appended, in which this boot has begun. */
  public DecisionLog open() {
    try {
      DecisionLog log = DecisionLog.over(this);
      log.append(new Decision.Started("test", "act", 1, "rules"));
      return log;
    } catch (DecisionLog.Unreadable unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** The types of all records, in their order. */
  public List<String> types() {
    return records.stream().map(JournalRecord::type).toList();
  }

  @Override
  public AppendResult append(JournalEntry entry, long expectedLast) {
    JournalRecord record =
        new JournalRecord(
            records.size() + 1L,
            wall.millis(),
            boot,
            world.nanos(),
            entry.type(),
            entry.version(),
            entry.json());
    records.add(record);
    return new AppendResult.Appended(record);
  }

  @Override
  public long last() {
    return records.size();
  }

  @Override
  public Stream<JournalRecord> read(long fromSequence) {
    return List.copyOf(records).stream().filter(record -> record.sequence() >= fromSequence);
  }

  @Override
  public void close() {}
}
