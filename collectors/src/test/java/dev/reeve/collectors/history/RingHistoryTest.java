package dev.reeve.collectors.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.History.HistoryException;
import dev.reeve.spi.HistoryProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kept history: whatever became of one of its files, the others are read. */
class RingHistoryTest {
  private static final String HEAD = "reeve_recording_info{version=\"1\"} 1 1.000\n# EOF\n";

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();

  @Test
  void readsPlainAndPackedFilesInTheirOrderAndOneThatIsBothOnce() throws Exception {
    packed(1, up(1) + up(2));
    Files.writeString(folder.resolve("recording-00000002.om"), HEAD + up(3));
    packed(2, up(3));
    Files.writeString(folder.resolve("recording-00000003.om"), HEAD + up(4));
    assertEquals(List.of(1L, 2L, 3L, 4L), seconds());
    assertEquals(List.of(), notes);
  }

  @Test
  void leavesOutWhatIsCutOffWhereverThatIs() throws Exception {
    byte[] whole = packed(2, up(3));
    for (int cut = 0; cut < whole.length; cut++) {
      Files.writeString(folder.resolve("recording-00000001.om"), HEAD + up(1) + up(2));
      Files.write(folder.resolve("recording-00000002.om.gz"), Arrays.copyOf(whole, cut));
      Files.writeString(folder.resolve("recording-00000003.om"), HEAD + up(4));
      List<Long> seconds = seconds();
      assertEquals(List.of(1L, 2L), seconds.subList(0, 2), "cut at " + cut);
      assertEquals(4L, seconds.getLast(), "cut at " + cut);
      assertTrue(notes.size() == 1 || seconds.size() == 4, "cut at " + cut + ": " + notes);
    }
  }

  @Test
  void leavesOutAForeignFileAndSaysSo() throws Exception {
    Files.write(folder.resolve("recording-00000001.om"), new byte[] {0, -1, 7, 10, 0});
    Files.writeString(folder.resolve("recording-00000002.om"), "<html>\n");
    Files.writeString(
        folder.resolve("recording-00000003.om"),
        HEAD.replace("version=\"1\"", "version=\"2\"") + up(8));
    Files.createDirectory(folder.resolve("recording-00000004.om"));
    Files.writeString(folder.resolve("recording-00000005.om"), HEAD + up(9));
    Files.writeString(folder.resolve("notes.txt"), "nothing of ours");
    assertEquals(List.of(9L), seconds());
    assertEquals(3, notes.size(), notes.toString());
    assertTrue(notes.stream().allMatch(note -> note.startsWith("left out: ")), notes.toString());
    assertTrue(notes.toString().contains("version 2"), notes.toString());
  }

  @Test
  void readsOnWhereTheDaemonDropsOrPacksAFileMeanwhile() throws Exception {
    for (int i = 1; i <= 4; i++) {
      Files.writeString(folder.resolve("recording-0000000" + i + ".om"), HEAD + up(i));
    }
    try (History history = open()) {
      assertEquals(1_000_000_000L, history.next().orElseThrow().atNanos());
      Files.delete(folder.resolve("recording-00000002.om"));
      packed(3, up(3));
      Files.delete(folder.resolve("recording-00000003.om"));
      assertEquals(3_000_000_000L, history.next().orElseThrow().atNanos());
      assertEquals(4_000_000_000L, history.next().orElseThrow().atNanos());
      assertEquals(Optional.empty(), history.next());
      assertTrue(history.notes().toString().contains("recording-00000002.om"));
    }
  }

  @Test
  void saysWhereTheDateWasSetBack() throws Exception {
    Files.writeString(folder.resolve("recording-00000001.om"), HEAD + up(5_000) + up(5_015));
    Files.writeString(folder.resolve("recording-00000002.om"), HEAD + up(100) + up(115));
    assertEquals(List.of(5_000L, 5_015L, 100L, 115L), seconds());
    assertEquals(
        List.of("its times go back: the machine's date was set between two starts"), notes);
  }

  @Test
  void saysWhatToDoWhereNothingIsKept() {
    HistoryException absent =
        assertThrows(
            HistoryException.class,
            () ->
                new RingProvider()
                    .open(
                        new HistoryProvider.Request(
                            "ring:" + folder.resolve("none"), Instant.MIN, Instant.MAX, folder)));
    assertTrue(absent.getMessage().contains("history.enabled"), absent.getMessage());
  }

  private static String up(int second) {
    return "up{source=\"s\"} 1 %d.000\n# EOF\n".formatted(second);
  }

  private byte[] packed(int number, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write((HEAD + text).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("recording-%08d.om.gz".formatted(number)), bytes.toByteArray());
    return bytes.toByteArray();
  }

  private History open() throws HistoryException {
    return new RingProvider()
        .open(new HistoryProvider.Request("ring:" + folder, Instant.MIN, Instant.MAX, folder));
  }

  private List<Long> seconds() throws Exception {
    notes.clear();
    try (History history = open()) {
      List<Long> seconds = new ArrayList<>();
      for (Optional<Heard> next = history.next(); next.isPresent(); next = history.next()) {
        seconds.add(next.get().atNanos() / 1_000_000_000L);
      }
      notes.addAll(history.notes());
      return seconds;
    }
  }
}
