package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.Verification.Extent;
import dev.reeve.journal.Verification.Sound;
import dev.reeve.journal.Verification.Unsound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Checks a journal's checksums, sequences and hashes without changing anything; the daemon may be
/// writing meanwhile.
public final class JournalVerifier {
  private final SegmentFiles files;
  private long records;
  private Optional<JournalRecord> first = Optional.empty();
  private Optional<JournalRecord> last = Optional.empty();

  private JournalVerifier(SegmentFiles files) {
    this.files = files;
  }

  public static Verification verify(Path folder) {
    return verify(DiskFiles.reading(folder));
  }

  static Verification verify(SegmentFiles files) {
    return new JournalVerifier(files).verify();
  }

  private Verification verify() {
    JournalWalk walk = new JournalWalk(files, this::count);
    Optional<JournalProblem> problem;
    try {
      problem = walk.walk();
    } catch (IOException e) {
      problem = Optional.of(new JournalProblem(Kind.UNREADABLE, ".", 0, e.toString()));
    }
    Extent extent =
        new Extent(walk.headers().size(), records, first, last, walk.head().hash().hex());
    return problem.isPresent()
        ? new Unsound(extent, problem.get())
        : new Sound(extent, walk.tail().cut());
  }

  private Optional<JournalProblem> count(String file, StoredRecord stored) {
    records++;
    last = Optional.of(stored.record());
    first = first.or(() -> last);
    return Optional.empty();
  }
}
