package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.SegmentCursor.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Goes through the segments in their order and checks every byte of them.
final class JournalWalk {
  private final SegmentFiles files;
  private final Visitor visitor;
  private final SegmentLayout layout;
  private ChainHead head = ChainHead.EMPTY;
  private long firstSequence = 1;
  private Tail tail = Tail.NONE;
  private int walked;

  JournalWalk(SegmentFiles files, Visitor visitor) {
    this.files = files;
    this.visitor = visitor;
    this.layout = new SegmentLayout(files);
  }

  /// Sees each record in turn.
  interface Visitor {
    /// Says why the walk must not go on, if so.
    Optional<JournalProblem> visit(String file, StoredRecord stored) throws IOException;
  }

  /// The state of the newest segment.
  ///
  /// @param number of the segment, 0 if there is none
  /// @param base how much of it is no room for records: its header and its checkpoint
  /// @param lastOffset where its last record begins, 0 if it has none
  /// @param length how much of it is valid
  /// @param cut how many bytes follow that are not
  record Tail(long number, int base, int lastOffset, int length, int cut) {
    static final Tail NONE = new Tail(0, 0, 0, 0, 0);
  }

  /// Everything that is kept.
  Optional<JournalProblem> walk() throws IOException {
    Optional<JournalProblem> problem = layout.look();
    return problem.isPresent() ? problem : walkFrom(0);
  }

  /// From the checkpoint before the newest one on: as much as it takes to know the state, to check
  /// the newest checkpoint against it, and to go on.
  Optional<JournalProblem> walkNewest() throws IOException {
    Optional<JournalProblem> problem = layout.look();
    return problem.isPresent() ? problem : walkFrom(newestFold(layout.headers()));
  }

  private static int newestFold(List<SegmentHeader> headers) {
    int newest = headers.size() - 1;
    if (newest > 0 && headers.get(newest - 1).beginsWithCheckpoint()) {
      return newest - 1;
    }
    return newest > 1 && headers.get(newest).beginsWithCheckpoint() ? newest : 0;
  }

  ChainHead head() {
    return head;
  }

  /// The sequence that the walk began with.
  long firstSequence() {
    return firstSequence;
  }

  Tail tail() {
    return tail;
  }

  SegmentLayout layout() {
    return layout;
  }

  /// How many segments were found sound.
  int walked() {
    return walked;
  }

  private Optional<JournalProblem> walkFrom(int index) throws IOException {
    List<SegmentHeader> headers = layout.headers();
    for (int i = index; i < headers.size(); i++) {
      SegmentHeader found = headers.get(i);
      String file = SegmentFormat.fileName(found.number());
      if (i == index && found.number() > 1) {
        head = found.head(); // the oldest one that is kept: its header is the anchor of the chain
        firstSequence = found.firstSequence();
      }
      SegmentHeader expected = SegmentHeader.after(headers.getFirst().number() + i, head);
      if (!found.follows(expected.number(), head)) {
        return damaged(file, 0, "expected " + expected + ", found " + found);
      }
      Optional<JournalProblem> problem = records(found, i == headers.size() - 1);
      if (problem.isPresent()) {
        return problem;
      }
      walked++;
    }
    return Optional.empty();
  }

  private Optional<JournalProblem> records(SegmentHeader header, boolean newest)
      throws IOException {
    String file = SegmentFormat.fileName(header.number());
    byte[] segment = files.read(file);
    SegmentCursor cursor = new SegmentCursor(segment, head);
    int base = SegmentFormat.HEADER_BYTES;
    int lastOffset = 0;
    while (true) {
      switch (cursor.next()) {
        case Step.Found(StoredRecord stored) -> {
          boolean first = lastOffset == 0;
          if (JournalCheckpoint.is(stored.record()) != (first && header.beginsWithCheckpoint())) {
            return damaged(file, stored.offset(), "expected a checkpoint first and nowhere else");
          }
          Optional<JournalProblem> problem = visitor.visit(file, stored);
          if (problem.isPresent()) {
            return problem;
          }
          if (JournalCheckpoint.is(stored.record())) {
            base = stored.end();
          }
          lastOffset = stored.offset();
          head = stored.head();
        }
        case Step.End(int end) -> {
          tail = new Tail(header.number(), base, lastOffset, end, 0);
          return lastOffset == 0 && header.beginsWithCheckpoint()
              ? damaged(file, end, "expected a checkpoint, whole")
              : Optional.empty();
        }
        case Step.Broken(int at, String expectation) -> {
          if (!newest
              || (lastOffset == 0 && header.beginsWithCheckpoint())
              || cursor.anyRecordFrom(at + 1)) {
            return damaged(file, at, expectation);
          }
          int cut = SegmentFormat.contentLength(segment) - at;
          tail = new Tail(header.number(), base, lastOffset, at, cut);
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
}
