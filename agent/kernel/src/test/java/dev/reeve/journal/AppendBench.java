package dev.reeve.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// Prints what a durable append costs, beside the bare write and force of as many bytes on the same
/// disk: the difference is what the journal adds.
final class AppendBench {
  private static final int WARM_UP = 200;

  private AppendBench() {}

  /// The first argument is a folder, which must be on the disk in question, the second the number
  /// of appends.
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "journal-bench");
    int appends = args.length > 1 ? Integer.parseInt(args[1]) : 3_000;
    JournalEntry entry = JournalFixture.entry(1, 150);
    int bytes = SegmentFormat.FRAME_BYTES + SegmentFormat.payload(entry).length;
    System.out.printf(Locale.ROOT, "%d appends of %d bytes%n", appends, bytes);
    double bare = bare(folder.resolve("bare"), bytes, appends);
    double journal = journal(folder.resolve("journal"), entry, appends);
    System.out.printf(Locale.ROOT, "journal / bare at the median: %.2f%n", journal / bare);
    long begin = System.nanoTime();
    Verification verification = JournalVerifier.verify(folder.resolve("journal"));
    System.out.printf(
        Locale.ROOT,
        "verify: %d records in %d ms%n",
        verification.checked().records(),
        (System.nanoTime() - begin) / 1_000_000);
  }

  private static double journal(Path folder, JournalEntry entry, int appends) {
    JournalFixture fixture = new JournalFixture();
    fixture.settings = new JournalSettings((_, _) -> true);
    long[] nanos = new long[appends + WARM_UP];
    try (Journal journal =
        JournalFixture.journal(FileJournal.open(folder, fixture.settings, fixture.ports()))) {
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        journal.append(entry, i);
        nanos[i] = System.nanoTime() - begin;
      }
    }
    return report("journal", nanos);
  }

  private static double bare(Path file, int bytes, int appends) throws IOException {
    byte[] record = new byte[bytes];
    long[] nanos = new long[appends + WARM_UP];
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        out.write(record);
        out.getChannel().force(false);
        nanos[i] = System.nanoTime() - begin;
      }
    }
    return report("bare", nanos);
  }

  @SuppressWarnings("SystemOut")
  private static double report(String name, long[] all) {
    long[] nanos = Arrays.copyOfRange(all, WARM_UP, all.length);
    double seconds = Arrays.stream(nanos).sum() / 1e9;
    Arrays.sort(nanos);
    double median = nanos[nanos.length / 2] / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-8s %6.0f/s  p50 %.3f ms  p99 %.3f ms%n",
        name,
        nanos.length / seconds,
        median,
        nanos[nanos.length * 99 / 100] / 1e6);
    return median;
  }
}
