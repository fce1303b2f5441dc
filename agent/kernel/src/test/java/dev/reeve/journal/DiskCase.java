package dev.reeve.journal;

import dev.reeve.journal.LyingDisk.Fault;
import dev.reeve.journal.LyingDisk.PowerCutError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// One way in which a disk may fail whoever relies on it. Something is done in the world only once
/// its record was acknowledged; afterwards every such record must be there, and whatever changed on
/// the disk must be noticed.
final class DiskCase {
  private static final int FEW = 3;

  private final Random random;
  private final LyingDisk disk = new LyingDisk();
  private final int kept;
  private long done;

  private DiskCase(long seed) {
    this.random = new Random(seed);
    this.kept = 2 + random.nextInt(4);
  }

  /// What goes wrong.
  enum Kind {
    DROPPED,
    TORN,
    FLIPPED,
    ENOSPC,
    EIO,
    EROFS,
    FORCE_FAILED,
    CUT_AT_START
  }

  static Kind kind(long seed) {
    return Kind.values()[(int) (seed % Kind.values().length)];
  }

  /// Throws an AssertionError that says what was lost or not noticed.
  static void run(long seed) {
    new DiskCase(seed).run(kind(seed));
  }

  /// The cases from the first to the last seed.
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    Map<Kind, Integer> count = new TreeMap<>();
    int failed = 0;
    for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
      try {
        count.merge(kind(seed), 1, Integer::sum);
        run(seed);
      } catch (AssertionError lost) {
        failed++;
        System.out.println("seed " + seed + " " + kind(seed) + ": " + lost.getMessage());
      }
    }
    System.out.println(
        "total cases="
            + count.values().stream().mapToInt(Integer::intValue).sum()
            + " "
            + String.join(
                " ", count.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList())
            + " failed="
            + failed);
    if (failed > 0) {
      System.exit(1);
    }
  }

  private void run(Kind kind) {
    act(20 + random.nextInt(60));
    switch (kind) {
      case DROPPED -> {
        disk.failAt(random.nextInt(150), new Fault.PowerCut());
        act(60);
        disk.cutPower(random);
      }
      case TORN -> tear();
      case FLIPPED -> {
        flip();
        return;
      }
      case ENOSPC -> fail("No space left on device");
      case EIO -> fail("Input/output error");
      case EROFS -> fail("Read-only file system");
      case FORCE_FAILED -> failForce();
      case CUT_AT_START -> {
        for (int life = 0; life < FEW; life++) {
          disk.failAt(random.nextInt(8), new Fault.PowerCut());
          act(1);
          disk.cutPower(random);
        }
      }
    }
    requireAllDone();
    act(30);
    disk.cutPower(random);
    requireAllDone();
  }

  /// Writes what it is about to do, and does it once that is acknowledged.
  private void act(int times) {
    try (FileJournal journal = open()) {
      done = Math.max(done, journal.last());
      for (int i = 0; i < times; i++) {
        JournalFixture.add(
            journal, JournalFixture.entry(journal.last() + 1, random.nextInt(400)), kept);
        done = journal.last();
      }
    } catch (PowerCutError | JournalException _) {
      // as planned
    }
  }

  private FileJournal open() {
    OpenResult result = new JournalFixture().open(disk);
    if (result instanceof OpenResult.Refused(JournalProblem problem)
        && problem.kind() == JournalProblem.Kind.UNREADABLE) {
      throw new JournalException(problem.toString());
    }
    return JournalFixture.journal(result);
  }

  /// The write that was under way when it ended got so far and no further; what it was to say had
  /// not been acknowledged.
  private void tear() {
    Map<String, byte[]> contents = JournalFixture.contents(disk);
    String newest = newest(contents);
    byte[] whole = contents.get(newest);
    int at = SegmentFormat.HEADER_BYTES;
    int[] offsets = {};
    while (at < whole.length) {
      offsets = Arrays.copyOf(offsets, offsets.length + 1);
      offsets[offsets.length - 1] = at;
      at += SegmentFormat.recordBytes(whole, at);
    }
    int within = Math.min(FEW, offsets.length - 1);
    if (within == 0) {
      return; // nothing but a checkpoint: tests of rotation tear that
    }
    int begin = offsets[offsets.length - within];
    int length = begin + random.nextInt(whole.length - begin);
    byte[] torn = Arrays.copyOf(whole, length);
    disk.put(newest, random.nextBoolean() ? torn : Arrays.copyOf(torn, whole.length + 300));
    int torns = (int) Arrays.stream(offsets).filter(offset -> offset >= length).count();
    boolean inside = Arrays.stream(offsets).noneMatch(offset -> offset == length);
    done -= torns + (inside ? 1 : 0);
  }

  private void flip() {
    Map<String, byte[]> contents = disk.contents();
    List<String> segments =
        contents.keySet().stream().filter(name -> name.endsWith(".rj")).toList();
    String segment = segments.get(random.nextInt(segments.size()));
    byte[] bytes = contents.get(segment);
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    disk.put(segment, bytes);
    boolean noticed =
        switch (JournalVerifier.verify(disk.mount())) {
          case Verification.Unsound _ -> true;
          case Verification.Sound sound -> sound.unfinishedBytes() > 0;
        };
    require(noticed, "nobody noticed bit " + bit + " of " + segment);
    boolean fresh = segments.indexOf(segment) >= segments.size() - 2;
    boolean atAStart =
        switch (new JournalFixture().open(disk)) {
          case OpenResult.Opened(Journal journal, long cut) -> {
            require(journal.last() >= done - 1, "more than the last record is gone");
            journal.close();
            yield cut > 0;
          }
          case OpenResult.ObserveOnly _, OpenResult.Refused _ -> true;
        };
    require(!fresh || atAStart, "no start noticed bit " + bit + " of " + segment);
  }

  private void fail(String message) {
    disk.failAt(random.nextInt(60), new Fault.Failure(message, random.nextInt(600)));
    act(40);
    if (random.nextBoolean()) {
      disk.cutPower(random);
    }
    disk.restartProcess();
  }

  private void failForce() {
    long failing = random.nextInt(20);
    disk.failForce(failing);
    act(40);
    disk.restartProcess();
    if (random.nextBoolean()) {
      act(2);
    }
    disk.cutPower(random);
  }

  private void requireAllDone() {
    Verification verification = JournalVerifier.verify(disk.mount());
    require(verification instanceof Verification.Sound, verification.toString());
    try (FileJournal journal = new JournalFixture().opened(disk)) {
      require(journal.last() >= done, done + " was done, " + journal.last() + " is known");
      require(journal.last() <= done + 1, "a record that nobody wrote");
      long first = journal.segments().getFirst().firstSequence();
      require(
          JournalFixture.numbers(journal)
              .equals(LongStream.rangeClosed(first, journal.last()).boxed().toList()),
          "records that are not what was written");
      done = journal.last();
    }
  }

  private static String newest(Map<String, byte[]> contents) {
    return contents.keySet().stream().filter(name -> name.endsWith(".rj")).toList().getLast();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
