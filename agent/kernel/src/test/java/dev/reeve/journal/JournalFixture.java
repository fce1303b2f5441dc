package dev.reeve.journal;

import dev.reeve.journal.Stamps.Stamp;
import dev.reeve.json.Json;
import dev.reeve.linux.Directories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a journal needs around it, recorded: times that go on by themselves, and whether it died.
final class JournalFixture {
  static final UUID BOOT = new UUID(0x1234, 0x5678);

  final List<String> deaths = new ArrayList<>();
  final List<String> points = new ArrayList<>();
  CrashPoint crashPoint = CrashPoint.NONE;
  JournalSettings settings = new JournalSettings(1 << 10, (_, version) -> version == 1);
  private long ticks;

  OpenResult open(LyingDisk disk) {
    return FileJournal.open(disk.mount(), settings, ports());
  }

  /// Opens what must be fit to be opened.
  FileJournal opened(LyingDisk disk) {
    return journal(open(disk));
  }

  static FileJournal journal(OpenResult result) {
    if (result instanceof OpenResult.Opened(Journal journal, long _)) {
      return (FileJournal) journal;
    }
    throw new AssertionError("not opened: " + result);
  }

  JournalPorts ports() {
    return new JournalPorts(
        () -> new Stamp(1_700_000_000_000L + ++ticks, BOOT, ticks * 1_000_000),
        (reason, cause) -> deaths.add(reason + ": " + cause.getMessage()),
        point -> {
          points.add(point);
          crashPoint.reached(point);
        },
        Directories::sync);
  }

  static JournalEntry entry(long number) {
    return entry(number, (int) (number * 37 % 120));
  }

  static JournalEntry entry(long number, int padding) {
    String text = "x".repeat(padding);
    return new JournalEntry(
        "intent", Json.object().put("number", number).put("text", text).build());
  }

  static AppendResult.Appended appended(AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      return appended;
    }
    throw new AssertionError(result.toString());
  }

  /// Adds an entry, or a checkpoint where one is due, after which so many segments are kept.
  static AppendResult add(Journal journal, JournalEntry entry, int segmentsKept) {
    long last = journal.last();
    return journal.isFull()
        ? journal.checkpoint(checkpoint(journal, segmentsKept), last)
        : journal.append(entry, last);
  }

  private static JournalCheckpoint checkpoint(Journal journal, int segmentsKept) {
    List<Journal.Segment> segments = journal.segments();
    int first = Math.max(0, segments.size() - segmentsKept + 1);
    return new JournalCheckpoint(
        1, entry(journal.last() + 1).json(), segments.get(first).firstSequence());
  }

  /// Adds entries `last + 1` to `last + count`, or checkpoints that carry these numbers.
  static void append(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      long last = journal.last();
      AppendResult result = add(journal, entry(last + 1), Integer.MAX_VALUE);
      if (!(result instanceof AppendResult.Appended appended) || appended.sequence() != last + 1) {
        throw new AssertionError(result.toString());
      }
    }
  }

  /// The numbers that were given to [#entry(long)], as they are read back.
  static List<Long> numbers(Journal journal) {
    return journal.read(1).map(JournalFixture::number).toList();
  }

  static long number(JournalRecord record) {
    return (JournalCheckpoint.is(record) ? JournalCheckpoint.of(record).state() : record.json())
        .whole("number")
        .orElseThrow();
  }

  /// The files of a disk, the newest segment without the room that it has left.
  static Map<String, byte[]> contents(LyingDisk disk) {
    Map<String, byte[]> contents = disk.contents();
    String newest =
        contents.keySet().stream().filter(name -> name.endsWith(".rj")).toList().getLast();
    contents.computeIfPresent(
        newest, (_, bytes) -> Arrays.copyOf(bytes, SegmentFormat.contentLength(bytes)));
    return contents;
  }

  /// A disk with a journal of so many entries, orderly closed.
  static LyingDisk diskWith(int count) {
    LyingDisk disk = new LyingDisk();
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      append(journal, count);
    }
    return disk;
  }
}
