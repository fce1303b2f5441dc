package dev.reeve.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalPrinter.Style;
import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.Verification.Sound;
import dev.reeve.journal.Verification.Unsound;
import dev.reeve.json.Json;
import dev.reeve.json.JsonException;
import dev.reeve.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `reeve journal show` and `reeve journal verify` stand on.
class JournalViewsTest {
  @TempDir Path folder;
  private final JournalFixture fixture = new JournalFixture();

  private FileJournal open() {
    return JournalFixture.journal(FileJournal.open(folder, fixture.settings, fixture.ports()));
  }

  private String print(RecordFilter filter, Style style) throws IOException {
    StringBuilder out = new StringBuilder();
    assertEquals(Optional.empty(), new JournalPrinter(filter, style, out).print(folder));
    return out.toString();
  }

  @Test
  void verifiesAndCountsWhileTheDaemonWrites() {
    try (FileJournal journal = open()) {
      JournalFixture.append(journal, 30);
      Sound sound = assertInstanceOf(Sound.class, JournalVerifier.verify(folder));
      assertEquals(30, sound.checked().records());
      assertTrue(sound.checked().segments() > 3);
      assertEquals(Optional.of(1L), sound.checked().first().map(JournalRecord::sequence));
      assertEquals(Optional.of(30L), sound.checked().last().map(JournalRecord::sequence));
      assertEquals(0, sound.unfinishedBytes());
      JournalFixture.append(journal, 1);
    }
  }

  @Test
  void verifyingDoesNotDropTheWritersLock() {
    try (FileJournal journal = open()) {
      JournalVerifier.verify(folder);
      assertInstanceOf(
          OpenResult.Refused.class, FileJournal.open(folder, fixture.settings, fixture.ports()));
      JournalFixture.append(journal, 1);
    }
  }

  @Test
  void anEmptyJournalIsSound() {
    open().close();
    Sound sound = assertInstanceOf(Sound.class, JournalVerifier.verify(folder));
    assertEquals(0, sound.checked().records());
    assertEquals(Optional.empty(), sound.checked().first());
  }

  @Test
  void aFolderThatIsNotThereCannotBeVerified() {
    Unsound unsound =
        assertInstanceOf(Unsound.class, JournalVerifier.verify(folder.resolve("none")));
    assertEquals(Kind.UNREADABLE, unsound.problem().kind());
  }

  @Test
  void aRecordThatIsJustBeingWrittenIsNotAProblem() {
    LyingDisk disk = JournalFixture.diskWith(3);
    Map<String, byte[]> contents = JournalFixture.contents(disk);
    String newest = contents.keySet().stream().filter(n -> n.endsWith(".rj")).toList().getLast();
    byte[] whole = contents.get(newest);
    disk.put(newest, Arrays.copyOf(whole, whole.length - 5));
    Sound sound = assertInstanceOf(Sound.class, JournalVerifier.verify(disk.mount()));
    assertEquals(2, sound.checked().records());
    assertTrue(sound.unfinishedBytes() > 80);
  }

  @Test
  void saysHowFarItCameAndWhatIsWrong() {
    LyingDisk disk = JournalFixture.diskWith(30);
    String second = SegmentFormat.fileName(2);
    byte[] bytes = disk.contents().get(second);
    bytes[SegmentFormat.HEADER_BYTES + 9] ^= 1;
    disk.put(second, bytes);
    Unsound unsound = assertInstanceOf(Unsound.class, JournalVerifier.verify(disk.mount()));
    assertEquals(second, unsound.problem().file());
    assertEquals(SegmentFormat.HEADER_BYTES, unsound.problem().offset());
    assertEquals(
        unsound.checked().records(),
        unsound.checked().last().map(JournalRecord::sequence).orElse(0L));
  }

  @Test
  void printsALineARecord() throws IOException {
    try (FileJournal journal = open()) {
      JsonObject json = Json.object().put("gpus", 8).build();
      journal.append(new JournalEntry("intent", json), 0);
    }
    assertEquals(
        "1  2023-11-14T22:13:20.001Z  intent  {\"gpus\":8}\n", print(RecordFilter.ALL, Style.TEXT));
  }

  @Test
  void aCheckpointIsCutShortForPeopleAndWholeForPrograms() throws IOException {
    try (FileJournal journal = open()) {
      JournalFixture.append(journal, 1);
      JsonObject state = Json.object().put("text", "x".repeat(1_000)).build();
      journal.checkpoint(new JournalCheckpoint(1, state, 1), 1);
    }
    RecordFilter last = new RecordFilter(2, Set.of());
    assertTrue(print(last, Style.TEXT).endsWith("x... (1035 characters; -o json prints all)\n"));
    assertTrue(print(last, Style.JSON_LINES).contains("x".repeat(1_000)));
  }

  @Test
  void printsJsonLinesThatCanBeReadAgain() throws IOException, JsonException {
    try (FileJournal journal = open()) {
      JsonObject json = Json.object().put("name", "\u202etxt.exe\u001b[2J").build();
      journal.append(new JournalEntry("intent", json), 0);
    }
    String line = print(RecordFilter.ALL, Style.JSON_LINES);
    JsonObject object = Json.readObject(line);
    assertEquals(1, object.whole("sequence").orElseThrow());
    assertEquals(Optional.of("2023-11-14T22:13:20.001Z"), object.text("time"));
    assertEquals(Optional.of(JournalFixture.BOOT.toString()), object.text("boot_id"));
    assertEquals(
        Optional.of("\u202etxt.exe\u001b[2J"),
        object.object("data").flatMap(data -> data.text("name")));
  }

  @Test
  void escapesWhatATerminalWouldObeyOrTurnRound() throws IOException {
    try (FileJournal journal = open()) {
      JsonObject json =
          Json.object()
              .put("n", "\u001b]0;x\u0007\u009b2J\u202eabc\u2066\u200b\ufeff\u00e4\u4e2d")
              .build();
      journal.append(new JournalEntry("intent", json), 0);
    }
    String line = print(RecordFilter.ALL, Style.TEXT);
    assertTrue(
        line.endsWith(
            "{\"n\":\"\\u001b]0;x\\u0007\\u009b2J\\u202eabc\\u2066\\u200b\\ufeff\u00e4\u4e2d\"}\n"),
        line);
  }

  @Test
  void showsOnlyWhatIsAskedFor() throws IOException {
    try (FileJournal journal = open()) {
      for (int i = 0; i < 20; i++) {
        String type = i % 2 == 0 ? "intent" : "outcome";
        journal.append(new JournalEntry(type, Json.object().put("i", i).build()), i);
      }
    }
    assertEquals(20, print(RecordFilter.ALL, Style.TEXT).lines().count());
    assertEquals(5, print(new RecordFilter(16, Set.of()), Style.TEXT).lines().count());
    String outcomes = print(new RecordFilter(16, Set.of("outcome")), Style.TEXT);
    assertEquals(3, outcomes.lines().count());
    assertTrue(outcomes.startsWith("16  "), outcomes);
  }

  @Test
  void printsUpToTheDamageAndThenNamesIt() throws IOException {
    LyingDisk disk = JournalFixture.diskWith(30);
    byte[] second = disk.contents().get(SegmentFormat.fileName(2));
    second[100] ^= 1;
    disk.put(SegmentFormat.fileName(2), second);
    StringBuilder out = new StringBuilder();
    Optional<JournalProblem> problem =
        new JournalPrinter(RecordFilter.ALL, Style.TEXT, out).print(disk.mount());
    assertEquals(Optional.of(Kind.DAMAGED), problem.map(JournalProblem::kind));
    assertTrue(out.toString().startsWith("1  "));
  }

  @Test
  void aBrokenPipeIsNotTakenForABrokenDisk() {
    try (FileJournal journal = open()) {
      JournalFixture.append(journal, 1);
    }
    Appendable broken =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    JournalPrinter printer = new JournalPrinter(RecordFilter.ALL, Style.TEXT, broken);
    IOException e = assertThrows(IOException.class, () -> printer.print(folder));
    assertEquals("Broken pipe", e.getMessage());
  }

  @Test
  void readingChangesNothingInTheFolder() throws IOException {
    open().close();
    try (var before = Files.list(folder)) {
      Set<Path> files = Set.copyOf(before.toList());
      JournalVerifier.verify(folder);
      print(RecordFilter.ALL, Style.TEXT);
      try (var after = Files.list(folder)) {
        assertEquals(files, Set.copyOf(after.toList()));
      }
    }
  }
}
