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
  private final SegmentWriter writer;
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
    this.writer = SegmentWriter.open(files, walk);
    this.head = walk.head();
    List<SegmentHeader> headers = new ArrayList<>(walk.headers());
    if (walk.tail().headerIsTorn()) {
      headers.add(writer.header());
    }
    this.durable = new Durable(head.sequence(), List.copyOf(headers));
  }

  /// Up to where the journal is durable, and which segments hold it.
  private record Durable(long last, List<SegmentHeader> headers) {}

  /// Checks the whole journal and makes it ready for appending; a folder without one becomes an
  /// empty one.
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
    Optional<JournalProblem> problem = walk.walk();
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
    requireAlive();
    if (expectedLast != head.sequence()) {
      return new AppendResult.Conflict(head.sequence());
    }
    if (!settings.versions().knows(entry.type(), entry.version())) {
      throw new IllegalArgumentException(
          "type " + entry.type() + ", version " + entry.version() + " could not be read again");
    }
    byte[] payload = SegmentFormat.payload(entry);
    byte[] record = SegmentFormat.record(head, ports.stamps().now(), payload);
    JournalRecord stored =
        SegmentFormat.record(record, 0)
            .orElseThrow(
                () -> new IllegalArgumentException("the entry could not be read again: " + entry));
    // whatever is thrown from here on leaves the end of the file in doubt
    ended = Optional.of("an append did not come to its end");
    try {
      write(record);
    } catch (IOException e) {
      ended = Optional.of("writing failed: " + e);
      ports.fatal().die("the journal could not be written", e);
      throw new JournalException("the journal could not be written", e);
    }
    ended = Optional.empty();
    return new AppendResult.Appended(stored);
  }

  private void write(byte[] record) throws IOException {
    List<SegmentHeader> headers = durable.headers();
    if (writer.isFull(record.length, settings.maxSegmentBytes())) {
      ports.crashPoint().reached("journal.before-rotation");
      writer.rotate(head);
      headers = new ArrayList<>(headers);
      headers.add(writer.header());
      ports.crashPoint().reached("journal.after-rotation");
    }
    ports.crashPoint().reached("journal.before-append");
    writer.write(record);
    ports.crashPoint().reached("journal.before-fsync");
    writer.force();
    ports.crashPoint().reached("journal.after-fsync");
    head = new ChainHead(head.sequence() + 1, Hash.of(record, 0, record.length));
    durable = new Durable(head.sequence(), List.copyOf(headers));
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
