package dev.reeve.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that nobody asked for: bounded whatever happens, and in nobody's way. */
class SegmentsTest {
  private static final long MIB = 1 << 20;
  private static final String HEAD = "reeve_recording_info{version=\"1\"} 1 1.000\n# EOF\n";

  @TempDir private Path folder;

  private long now = 1_717_000_000_000L;
  private long free = Long.MAX_VALUE;

  private final Segments.Ports ports =
      new Segments.Ports() {
        @Override
        public long wallMillis() {
          return now;
        }

        @Override
        public long freeBytes(Path of) {
          return free;
        }
      };

  @Test
  void neverTakesMoreThanItsBoundWhateverItIsGivenAndHoweverOftenItStarts() throws Exception {
    Random random = new Random(5);
    Keeping keeping = new Keeping(MIB, Optional.of(Duration.ofDays(7)), true, 0);
    for (int start = 0; start < 40; start++) {
      Segments segments = open(keeping);
      for (int i = 0; i < 60; i++) {
        byte[] one = noise(random, random.nextInt(66_000));
        if (segments.fits(one)) {
          segments.append(one);
        }
        assertTrue(onDisk() <= MIB, onDisk() + " bytes");
        assertEquals(onDisk(), segments.bytes());
      }
      segments.close();
    }
    assertTrue(onDisk() > MIB / 2, onDisk() + " bytes");
  }

  @Test
  void keepsMuchLongerWhatCanBeCompressed() throws Exception {
    Segments segments = open(new Keeping(MIB, Optional.empty(), true, 0));
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      String one = "gpu_power{gpu=\"GPU-0\"} 70.5 %d.000\n# EOF\n".formatted(i);
      segments.append(one.getBytes(StandardCharsets.UTF_8));
      said.add(one);
    }
    segments.close();
    assertTrue(onDisk() <= MIB, onDisk() + " bytes");
    StringBuilder kept = new StringBuilder();
    for (Path file : files()) {
      kept.append(text(file).substring(HEAD.length()));
    }
    assertEquals(String.join("", said), kept.toString());
  }

  @Test
  void dropsWhatIsTooOldThoughThereIsRoom() throws Exception {
    Segments segments = open(new Keeping(MIB, Optional.of(Duration.ofDays(1)), true, 0));
    for (int hour = 0; hour < 72; hour++) {
      segments.append(
          "up{source=\"s\"} 1 %d.000\n# EOF\n".formatted(hour).getBytes(StandardCharsets.UTF_8));
      now += Duration.ofHours(1).toMillis();
    }
    segments.close();
    assertFalse(text(files().getFirst()).contains(" 40.000"), text(files().getFirst()));
    assertTrue(files().size() > 10 && files().size() <= 20, files().toString());
  }

  @Test
  void losesNothingOfWhatItHasWhenTheDateIsSetBack() throws Exception {
    Keeping keeping = new Keeping(MIB, Optional.of(Duration.ofDays(1)), true, 0);
    open(keeping).close();
    now -= Duration.ofDays(3_000).toMillis();
    Segments segments = open(keeping);
    segments.append("up{source=\"s\"} 1 5.000\n# EOF\n".getBytes(StandardCharsets.UTF_8));
    segments.close();
    assertEquals(2, files().size(), files().toString());
  }

  @Test
  void takesNothingOfTheRoomThatOthersNeed() throws Exception {
    Keeping keeping = new Keeping(MIB, Optional.empty(), true, 64 * MIB);
    Segments segments = open(keeping);
    byte[] most = noise(new Random(1), 60_000);
    for (int i = 0; i < 8; i++) {
      segments.append(most);
    }
    int before = files().size();
    free = 64 * MIB;
    assertThrows(IOException.class, () -> segments.append(most));
    assertTrue(before > 4 && files().isEmpty(), before + " files, then " + files());
    assertThrows(IOException.class, () -> segments.append(most));
    free = 128 * MIB;
    segments.append(most);
    segments.close();
    assertEquals(1, files().size(), "begins again when there is room");
    free = 64 * MIB;
    assertThrows(IOException.class, () -> open(keeping));
  }

  @Test
  void touchesNothingThatIsNotItsOwn() throws Exception {
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    Files.createSymbolicLink(folder.resolve("recording-00000001.om"), precious);
    Files.createDirectories(folder.resolve("recording-00000002.om.gz").resolve("below"));
    Files.writeString(folder.resolve("recording-1.om"), "mine");
    Files.setLastModifiedTime(precious, FileTime.fromMillis(1));
    Segments segments = open(new Keeping(MIB, Optional.of(Duration.ofHours(1)), true, 0));
    // the first number is taken by the link: what is there already is never written to
    for (int i = 0; i < 200; i++) {
      segments.append(noise(new Random(i), 30_000));
      now += Duration.ofMinutes(1).toMillis();
    }
    segments.close();
    assertEquals("mine", Files.readString(precious));
    assertTrue(Files.isSymbolicLink(folder.resolve("recording-00000001.om")));
    assertTrue(Files.isDirectory(folder.resolve("recording-00000002.om.gz/below")));
    assertEquals("mine", Files.readString(folder.resolve("recording-1.om")));
  }

  @Test
  void clearsAwayWhatItWasKilledOver() throws Exception {
    Files.writeString(folder.resolve("recording-00000003.om"), HEAD + "up 1 5.0");
    Files.writeString(folder.resolve("recording-00000003.om.gz.part"), "half");
    Files.writeString(folder.resolve("recording-00000004.om"), HEAD);
    Files.write(folder.resolve("recording-00000004.om.gz"), new byte[] {1});
    open(new Keeping(MIB, Optional.empty(), true, 0)).close();
    assertEquals(
        List.of("recording-00000003.om", "recording-00000004.om.gz", "recording-00000005.om"),
        files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void doesNotBeginWhereTheLastNumberIsTaken() throws Exception {
    Files.writeString(folder.resolve("recording-99999999.om"), HEAD);
    assertTrue(
        assertThrows(IOException.class, () -> open(new Keeping(MIB, Optional.empty(), true, 0)))
            .getMessage()
            .contains("the last number is taken"));
  }

  @Test
  void keepsNoMoreFilesThanCanBeListed() throws Exception {
    Keeping keeping = new Keeping(MIB, Optional.empty(), false, 0);
    for (int start = 0; start < 1_010; start++) {
      open(keeping).close();
    }
    assertEquals(1_000, files().size());
  }

  private Segments open(Keeping keeping) throws IOException {
    return Segments.open(folder, keeping, HEAD, ports);
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().contains("recording-0"))
          .sorted()
          .toList();
    }
  }

  private long onDisk() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
