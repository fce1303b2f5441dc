package dev.reeve.journal;

import java.nio.file.Path;

/// A process to be killed: appends for as long as it lives, and says what was acknowledged.
final class AppendLoop {
  private static final int SEGMENTS_KEPT = 3;

  private AppendLoop() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    int kept = args.length > 1 ? Integer.parseInt(args[1]) : SEGMENTS_KEPT;
    JournalFixture fixture = new JournalFixture();
    fixture.settings = new JournalSettings(4 << 10, (_, _) -> true);
    try (Journal journal =
        JournalFixture.journal(
            FileJournal.open(Path.of(args[0]), fixture.settings, fixture.ports()))) {
      while (true) {
        JournalFixture.add(journal, JournalFixture.entry(journal.last() + 1), kept);
        System.out.println(journal.last());
      }
    }
  }
}
