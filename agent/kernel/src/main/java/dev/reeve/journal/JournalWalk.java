package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.SegmentCursor.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes through all segments in their order and checks every byte of them.
final class JournalWalk {
  private final SegmentFiles files;
  private final Visitor visitor;
  private final List<SegmentHeader> headers = new ArrayList<>();
  private ChainHead head = ChainHead.EMPTY;
  private Tail tail = Tail.NONE;

  JournalWalk(SegmentFiles files, Visitor visitor) {
    this.files = files;
    this.visitor = visitor;
  }

  /// Sees each record in turn.
  interface Visitor {
    /// Says why the walk must not go on, if so.
    Optional<JournalProblem> visit(String file, StoredRecord stored) throws IOException;
  }

  /// The state of the newest segment.
  ///
  /// @param number of the segment, 0 if there is none
  /// @param lastOffset where its last record begins, 0 if it has none
  /// @param length how much of it is valid: less than a header if even that is torn
  /// @param cut how many bytes follow that are not
  record Tail(long number, int lastOffset, int length, int cut) {
    static final Tail NONE = new Tail(0, 0, 0, 0);

    boolean headerIsTorn() {
      return length < SegmentFormat.HEADER_BYTES;
    }
  }

  /// What the walk came to; the fields of the walk itself say how far it got.
  Optional<JournalProblem> walk() throws IOException {
    Optional<Long> mark = NewestMark.read(files);
    List<Long> numbers = numbers();
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      if (number != i + 1) {
        return Optional.of(missing(i + 1, "segment " + number + " is there"));
      }
      boolean newest = i == numbers.size() - 1;
      boolean mayBeTorn = newest && mark.orElse(0L) < number;
      Optional<JournalProblem> problem = segment(number, newest, mayBeTorn);
      if (problem.isPresent()) {
        return problem;
      }
    }
    if (mark.isPresent() && mark.get() > numbers.size()) {
      return Optional.of(missing(numbers.size() + 1, "segment " + mark.get() + " was there once"));
    }
    return Optional.empty();
  }

  ChainHead head() {
    return head;
  }

  Tail tail() {
    return tail;
  }

  /// The headers of all segments that have a whole one.
  List<SegmentHeader> headers() {
    return List.copyOf(headers);
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    files.list().forEach(name -> SegmentFormat.number(name).ifPresent(numbers::add));
    numbers.sort(null);
    return numbers;
  }

  private Optional<JournalProblem> segment(long number, boolean newest, boolean mayBeTorn)
      throws IOException {
    String file = SegmentFormat.fileName(number);
    byte[] segment = files.read(file);
    // a torn header can have version 0, but never a later one
    if (SegmentFormat.hasMagic(segment)
        && segment.length >= SegmentFormat.HEADER_BYTES
        && SegmentFormat.version(segment) > SegmentFormat.VERSION) {
      String expectation =
          "expected format version "
              + SegmentFormat.VERSION
              + ", found "
              + SegmentFormat.version(segment);
      return Optional.of(new JournalProblem(Kind.UNKNOWN_VERSION, file, 8, expectation));
    }
    Optional<SegmentHeader> header = SegmentFormat.header(segment);
    if (header.isEmpty()) {
      if (mayBeTorn && segment.length <= SegmentFormat.HEADER_BYTES) {
        tail = new Tail(number, 0, 0, segment.length);
        return Optional.empty();
      }
      return damaged(file, 0, "expected a header with its checksum");
    }
    SegmentHeader expected = SegmentHeader.after(number, head);
    if (!header.get().equals(expected)) {
      return damaged(file, 0, "expected " + expected + ", found " + header.get());
    }
    headers.add(expected);
    return records(file, segment, newest);
  }

  private Optional<JournalProblem> records(String file, byte[] segment, boolean newest)
      throws IOException {
    SegmentCursor cursor = new SegmentCursor(segment, head);
    long number = headers.size();
    int lastOffset = 0;
    while (true) {
      switch (cursor.next()) {
        case Step.Found(StoredRecord stored) -> {
          Optional<JournalProblem> problem = visitor.visit(file, stored);
          if (problem.isPresent()) {
            return problem;
          }
          lastOffset = stored.offset();
          head = stored.head();
        }
        case Step.End(int end) -> {
          tail = new Tail(number, lastOffset, end, 0);
          return Optional.empty();
        }
        case Step.Broken(int at, String expectation) -> {
          if (!newest || cursor.anyRecordFrom(at + 1)) {
            return damaged(file, at, expectation);
          }
          tail = new Tail(number, lastOffset, at, segment.length - at);
          return Optional.empty();
        }
        case Step.Wrong(int at, String expectation) -> {
          return damaged(file, at, expectation);
        }
      }
    }
  }

  private static Optional<JournalProblem> damaged(String file, int offset, String expectation) {
    return Optional.of(new JournalProblem(Kind.DAMAGED, file, offset, expectation));
  }

  private static JournalProblem missing(long number, String why) {
    return new JournalProblem(
        Kind.MISSING, SegmentFormat.fileName(number), 0, "expected this segment, since " + why);
  }
}
