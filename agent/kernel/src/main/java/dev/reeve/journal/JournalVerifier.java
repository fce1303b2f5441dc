package dev.reeve.journal;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.Verification.Extent;
import dev.reeve.journal.Verification.Sound;
import dev.reeve.journal.Verification.Unsound;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Checks a journal's checksums, sequences and hashes without changing anything; the daemon may be
/// writing meanwhile.
public final class JournalVerifier {
  /// How often it begins anew because the daemon dropped a segment meanwhile.
  private static final int AGAIN = 5;

  private final SegmentFiles files;
  private final Check check;
  private long records;
  private long checkpoints;
  private Optional<JournalRecord> first = Optional.empty();
  private Optional<JournalRecord> last = Optional.empty();

  private JournalVerifier(SegmentFiles files, Check check) {
    this.files = files;
    this.check = check;
  }

  /// What is asked of each record in turn, beside that its bytes are as they were written.
  public interface Check {
    /// Why it must not be so; empty if it may.
    Optional<Objection> check(JournalRecord record);
  }

  /// What a check has against a record.
  public record Objection(Kind kind, String expectation) {}

  public static Verification verify(Path folder) {
    return verify(DiskFiles.reading(folder));
  }

  /// @param check makes one that has seen nothing yet; it is asked again where the verification
  ///   begins anew
  public static Verification verify(Path folder, Supplier<Check> check) {
    return verify(DiskFiles.reading(folder), check);
  }

  static Verification verify(SegmentFiles files) {
    return verify(files, () -> _ -> Optional.empty());
  }

  static Verification verify(SegmentFiles files, Supplier<Check> check) {
    for (int again = 0; ; again++) {
      try {
        return new JournalVerifier(files, check.get()).verify(again < AGAIN);
      } catch (IOException dropped) {
        // the next round sees what is kept now
      }
    }
  }

  private Verification verify(boolean mayBeginAnew) throws IOException {
    JournalWalk walk = new JournalWalk(files, this::count);
    Optional<JournalProblem> problem;
    try {
      problem = walk.walk();
    } catch (IOException e) {
      if (mayBeginAnew && isGone(e)) {
        throw e;
      }
      problem = Optional.of(new JournalProblem(Kind.UNREADABLE, ".", 0, e.toString()));
    }
    Extent extent =
        new Extent(walk.walked(), records, checkpoints, first, last, walk.head().hash().hex());
    return problem.isPresent()
        ? new Unsound(extent, problem.get())
        : new Sound(extent, walk.tail().cut());
  }

  static boolean isGone(IOException e) {
    return e instanceof FileNotFoundException || e instanceof NoSuchFileException;
  }

  private Optional<JournalProblem> count(String file, StoredRecord stored) {
    Optional<Objection> objection = check.check(stored.record());
    if (objection.isPresent()) {
      return Optional.of(
          new JournalProblem(
              objection.get().kind(), file, stored.offset(), objection.get().expectation()));
    }
    records++;
    if (JournalCheckpoint.is(stored.record())) {
      checkpoints++;
    }
    last = Optional.of(stored.record());
    first = first.or(() -> last);
    return Optional.empty();
  }
}
