package dev.reeve.journal;

import java.nio.file.Path;

/// A process to be killed: appends for as long as it lives, and says what was acknowledged.
final class AppendLoop {
  private AppendLoop() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    JournalFixture fixture = new JournalFixture();
    fixture.settings = new JournalSettings(4 << 10, (_, _) -> true);
    try (Journal journal =
        JournalFixture.journal(
            FileJournal.open(Path.of(args[0]), fixture.settings, fixture.ports()))) {
      while (true) {
        JournalFixture.append(journal, 1);
        System.out.println(journal.last());
      }
    }
  }
}
