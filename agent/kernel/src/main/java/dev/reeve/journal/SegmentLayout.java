package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which segments make up a journal: all from the one that the newest checkpoint says is the first
/// that is kept, up to the newest that was begun. Only headers and that checkpoint are read.
final class SegmentLayout {
  private final SegmentFiles files;
  private final List<Long> numbers = new ArrayList<>();
  private final List<SegmentHeader> headers = new ArrayList<>();

  SegmentLayout(SegmentFiles files) {
    this.files = files;
  }

  /// What is not as it should be.
  Optional<JournalProblem> look() throws IOException {
    long mark = NewestMark.read(files).orElse(0L);
    files.list().forEach(name -> SegmentFormat.number(name).ifPresent(numbers::add));
    numbers.sort(null);
    for (long number : numbers) {
      Optional<JournalProblem> later = laterVersion(number);
      if (later.isPresent()) {
        return later;
      }
    }
    long newest = numbers.isEmpty() ? 0 : numbers.getLast();
    if (newest > mark && neverBegun(newest)) {
      newest--;
    }
    if (mark > newest) {
      return missing(newest + 1, "segment " + mark + " was there once");
    }
    return newest == 0 ? Optional.empty() : keep(newest);
  }

  /// Of the segments that make up the journal, the oldest first.
  List<SegmentHeader> headers() {
    return List.copyOf(headers);
  }

  /// Numbers of segments whose records are not kept any more, and which are there all the same.
  List<Long> leftovers() {
    return headers.isEmpty()
        ? List.of()
        : numbers.stream().filter(number -> number < headers.getFirst().number()).toList();
  }

  private Optional<JournalProblem> laterVersion(long number) throws IOException {
    String file = SegmentFormat.fileName(number);
    byte[] head = files.read(file, SegmentFormat.HEADER_BYTES);
    // a torn header can have version 0, but never a later one
    if (SegmentFormat.hasMagic(head)
        && head.length == SegmentFormat.HEADER_BYTES
        && SegmentFormat.version(head) > SegmentFormat.VERSION) {
      String expectation =
          "expected format version "
              + SegmentFormat.VERSION
              + " at most, found "
              + SegmentFormat.version(head);
      return Optional.of(new JournalProblem(Kind.UNKNOWN_VERSION, file, 8, expectation));
    }
    return Optional.empty();
  }

  /// Whether a crash cut its beginning short: then there was never a record in it that anybody was
  /// told of, and the one before it is still the newest.
  private boolean neverBegun(long number) throws IOException {
    byte[] segment = files.read(SegmentFormat.fileName(number));
    Optional<SegmentHeader> header = SegmentFormat.header(segment);
    boolean whole =
        header.isPresent()
            && (!header.get().beginsWithCheckpoint()
                || SegmentFormat.isRecord(segment, SegmentFormat.HEADER_BYTES));
    return !whole && !new SegmentCursor(segment, ChainHead.EMPTY).anyRecordFrom(0);
  }

  private Optional<JournalProblem> keep(long newest) throws IOException {
    long keptFrom = 1;
    for (long number = newest; ; number--) {
      String file = SegmentFormat.fileName(number);
      if (!numbers.contains(number)) {
        return missing(number, "what follows record " + keptFrom + " is kept");
      }
      Optional<SegmentHeader> header =
          SegmentFormat.header(files.read(file, SegmentFormat.HEADER_BYTES));
      if (header.isEmpty()) {
        return damaged(file, 0, "expected a header with its checksum");
      }
      headers.addFirst(header.get());
      if (number == newest && header.get().beginsWithCheckpoint()) {
        Optional<Long> kept = keptFrom(file);
        if (kept.isEmpty()) {
          return damaged(file, SegmentFormat.HEADER_BYTES, "expected a checkpoint, whole");
        }
        keptFrom = kept.get();
      }
      if (header.get().firstSequence() == keptFrom) {
        return Optional.empty();
      }
      if (header.get().firstSequence() < keptFrom || number == 1) {
        return damaged(
            file,
            0,
            "expected a segment that begins with record "
                + keptFrom
                + ", found one that begins with "
                + header.get().firstSequence());
      }
    }
  }

  private Optional<Long> keptFrom(String file) throws IOException {
    byte[] segment = files.read(file);
    return SegmentFormat.isRecord(segment, SegmentFormat.HEADER_BYTES)
        ? SegmentFormat.keptFrom(segment, SegmentFormat.HEADER_BYTES)
        : Optional.empty();
  }

  private static Optional<JournalProblem> damaged(String file, int offset, String expectation) {
    return Optional.of(new JournalProblem(Kind.DAMAGED, file, offset, expectation));
  }

  private static Optional<JournalProblem> missing(long number, String why) {
    return Optional.of(
        new JournalProblem(
            Kind.MISSING,
            SegmentFormat.fileName(number),
            0,
            "expected this segment, since " + why));
  }
}
