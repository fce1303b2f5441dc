package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.OpenResult.ObserveOnly;
import dev.reeve.journal.OpenResult.Opened;
import dev.reeve.journal.OpenResult.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A journal in a folder of this machine.
///
/// Every append is forced to disk before it is acknowledged. Nothing that fails is tried again: the
/// process ends through [Fatal], and the next start finds out what is durable.
public final class FileJournal implements Journal {
  private final SegmentFiles files;
  private final JournalSettings settings;
  private final JournalPorts ports;
  private final long foldsFrom;
  private SegmentWriter writer;
  private ChainHead head;
  private Optional<String> ended = Optional.empty();

  /// What readers see: written under the lock, read without it.
  private volatile Durable durable;

  private FileJournal(
      SegmentFiles files, JournalSettings settings, JournalPorts ports, JournalWalk walk)
      throws IOException {
    this.files = files;
    this.settings = settings;
    this.ports = ports;
    this.head = walk.head();
    this.foldsFrom = walk.firstSequence();
    List<SegmentHeader> headers = walk.layout().headers();
    if (headers.isEmpty()) {
      this.writer = begin(SegmentHeader.after(1, head), new byte[0]);
      headers = List.of(writer.header());
    } else {
      this.writer = SegmentWriter.open(files, walk);
    }
    this.durable = new Durable(head.sequence(), headers);
    drop(walk.layout().leftovers());
  }

  /// Up to where the journal is durable, and which segments hold it.
  private record Durable(long last, List<SegmentHeader> headers) {}

  /// Checks the end of the journal, from the checkpoint before the newest one on, and makes it
  /// ready for appending; a folder without one becomes an empty one. What is older has been checked
  /// when it was the end, and [JournalVerifier] checks it again.
  public static OpenResult open(Path folder, JournalSettings settings, JournalPorts ports) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return new Refused(unreadable(e));
    }
    return open(new DiskFiles(folder, ports.folderSync()), settings, ports);
  }

  /// The same on files that lie elsewhere, such as on a simulated disk.
  public static OpenResult open(SegmentFiles files, JournalSettings settings, JournalPorts ports) {
    OpenResult result;
    try {
      result = tryOpen(files, settings, ports);
    } catch (IOException e) {
      result = new Refused(unreadable(e));
    }
    if (!(result instanceof Opened)) {
      closeQuietly(files);
    }
    return result;
  }

  private static OpenResult tryOpen(
      SegmentFiles files, JournalSettings settings, JournalPorts ports) throws IOException {
    if (!files.lock()) {
      return new Refused(
          new JournalProblem(
              Kind.IN_USE, "journal.lock", 0, "another process writes this journal"));
    }
    JournalWalk walk = new JournalWalk(files, (file, stored) -> unknown(settings, file, stored));
    Optional<JournalProblem> problem = walk.walkNewest();
    if (problem.isPresent()) {
      return problem.get().kind() == Kind.UNKNOWN_VERSION
          ? new ObserveOnly(problem.get())
          : new Refused(problem.get());
    }
    return new Opened(new FileJournal(files, settings, ports, walk), walk.tail().cut());
  }

  private static Optional<JournalProblem> unknown(
      JournalSettings settings, String file, StoredRecord stored) {
    JournalRecord record = stored.record();
    if (settings.versions().knows(record.type(), record.version())) {
      return Optional.empty();
    }
    String expectation =
        "record "
            + record.sequence()
            + " is of type "
            + record.type()
            + ", version "
            + record.version()
            + ", which this release does not know";
    return Optional.of(
        new JournalProblem(Kind.UNKNOWN_VERSION, file, stored.offset(), expectation));
  }

  @Override
  public synchronized AppendResult append(JournalEntry entry, long expectedLast) {
    if (entry.type().equals(JournalCheckpoint.TYPE)) {
      throw new IllegalArgumentException("a checkpoint begins a segment and is not appended");
    }
    return add(entry, expectedLast, this::write);
  }

  @Override
  public synchronized AppendResult checkpoint(JournalCheckpoint checkpoint, long expectedLast) {
    List<SegmentHeader> dropped =
        durable.headers().stream()
            .filter(header -> header.firstSequence() < checkpoint.keptFrom())
            .toList();
    List<SegmentHeader> kept = durable.headers().subList(dropped.size(), durable.headers().size());
    if (kept.isEmpty() || kept.getFirst().firstSequence() != checkpoint.keptFrom()) {
      throw new IllegalArgumentException("no segment begins with " + checkpoint.keptFrom());
    }
    return add(
        checkpoint.entry(),
        expectedLast,
        record -> rotate(record, kept, dropped.stream().map(SegmentHeader::number).toList()));
  }

  /// Makes a record durable.
  private interface Writing {
    void write(byte[] record) throws IOException;
  }

  private AppendResult add(JournalEntry entry, long expectedLast, Writing writing) {
    requireAlive();
    if (expectedLast != head.sequence()) {
      return new AppendResult.Conflict(head.sequence());
    }
    if (!settings.versions().knows(entry.type(), entry.version())) {
      throw new IllegalArgumentException(
          "type " + entry.type() + ", version " + entry.version() + " could not be read again");
    }
    Stamps.Stamp stamp = ports.stamps().now();
    byte[] record = SegmentFormat.record(head, stamp, SegmentFormat.payload(entry));
    JournalRecord stored = stored(entry, stamp, record);
    // whatever is thrown from here on leaves the end of the file in doubt
    ended = Optional.of("an append did not come to its end");
    try {
      writing.write(record);
    } catch (IOException e) {
      ended = Optional.of("writing failed: " + e);
      ports.fatal().die("the journal could not be written", e);
      throw new JournalException("the journal could not be written", e);
    }
    ended = Optional.empty();
    return new AppendResult.Appended(stored);
  }

  /// As a later start will read it. A checkpoint may be large: to read it back would need its
  /// memory twice.
  private JournalRecord stored(JournalEntry entry, Stamps.Stamp stamp, byte[] record) {
    return entry.type().equals(JournalCheckpoint.TYPE)
        ? new JournalRecord(
            head.sequence() + 1,
            stamp.wallMillis(),
            stamp.bootId(),
            stamp.bootNanos(),
            entry.type(),
            entry.version(),
            entry.json())
        : SegmentFormat.record(record, 0)
            .orElseThrow(
                () -> new IllegalArgumentException("the entry could not be read again: " + entry));
  }

  private void write(byte[] record) throws IOException {
    ports.crashPoint().reached("journal.before-append");
    writer.write(record);
    ports.crashPoint().reached("journal.before-fsync");
    writer.force();
    ports.crashPoint().reached("journal.after-fsync");
    advance(record, durable.headers());
  }

  private void advance(byte[] record, List<SegmentHeader> headers) {
    head = new ChainHead(head.sequence() + 1, Hash.of(record, 0, record.length));
    durable = new Durable(head.sequence(), List.copyOf(headers));
  }

  private void rotate(byte[] record, List<SegmentHeader> kept, List<Long> dropped)
      throws IOException {
    ports.crashPoint().reached("journal.before-rotation");
    SegmentWriter full = writer;
    writer = begin(SegmentHeader.after(full.header().number() + 1, head), record);
    full.close();
    List<SegmentHeader> headers = new ArrayList<>(kept);
    headers.add(writer.header());
    advance(record, headers);
    ports.crashPoint().reached("journal.after-rotation");
    drop(dropped);
  }

  private SegmentWriter begin(SegmentHeader header, byte[] checkpoint) throws IOException {
    return SegmentWriter.begin(
        files, header, checkpoint, settings.maxSegmentBytes(), ports.crashPoint());
  }

  /// Only what a durable checkpoint no longer counts: whichever of these a crash leaves or brings
  /// back is not looked at, so nothing has to wait until they are gone for good.
  private void drop(List<Long> numbers) throws IOException {
    if (numbers.isEmpty()) {
      return;
    }
    ports.crashPoint().reached("journal.before-drop");
    for (long number : numbers) {
      files.delete(SegmentFormat.fileName(number));
      ports.crashPoint().reached("journal.dropped");
    }
    ports.crashPoint().reached("journal.after-drop");
  }

  @Override
  public synchronized boolean isFull() {
    return writer.isFull(settings.maxSegmentBytes());
  }

  @Override
  public List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    for (SegmentHeader header : durable.headers()) {
      String file = SegmentFormat.fileName(header.number());
      try {
        segments.add(new Segment(header.firstSequence(), files.length(file)));
      } catch (IOException e) {
        throw new JournalException("the journal could not be read: " + file, e);
      }
    }
    return segments;
  }

  @Override
  public long foldsFrom() {
    return foldsFrom;
  }

  private void requireAlive() {
    if (ended.isPresent()) {
      throw new JournalException("the journal takes no more entries: " + ended.get());
    }
  }

  @Override
  public long last() {
    return durable.last();
  }

  @Override
  public Stream<JournalRecord> read(long fromSequence) {
    Durable now = durable;
    List<SegmentHeader> headers = now.headers();
    int first = 0;
    while (first + 1 < headers.size() && headers.get(first + 1).firstSequence() <= fromSequence) {
      first++;
    }
    RecordIterator records =
        new RecordIterator(files, headers.subList(first, headers.size()), now.last());
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, traits), false)
        .dropWhile(record -> record.sequence() < fromSequence);
  }

  @Override
  public synchronized void close() {
    if (ended.isEmpty()) {
      ended = Optional.of("it is closed");
    }
    try {
      writer.close();
    } catch (IOException _) {
      // all that was acknowledged has been forced, so there is nothing left to lose
    }
    closeQuietly(files);
  }

  private static void closeQuietly(SegmentFiles files) {
    try {
      files.close();
    } catch (IOException _) {
      // the operating system drops the lock with the process
    }
  }

  private static JournalProblem unreadable(IOException e) {
    return new JournalProblem(Kind.UNREADABLE, ".", 0, e.toString());
  }
}
