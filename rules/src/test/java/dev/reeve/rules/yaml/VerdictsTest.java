package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is hostile, read by a process that has 64 MiB and some CPU time and then is ended. */
class VerdictsTest {
  /** For all files; a verdict that never comes spends it. */
  private static final int CPU_SECONDS = 300;

  private static final int OUT_OF_MEMORY = 3;

  @TempDir private Path folder;
  private int written;

  @Test
  void everyHostileFileIsRefusedWithin64MiB() throws Exception {
    try (Canaries canaries = new Canaries(folder)) {
      Path corpus = Files.createDirectory(folder.resolve("corpus"));
      for (HostileFiles.Hostile hostile : HostileFiles.all(canaries)) {
        yaml(corpus, hostile.bytes().copy());
      }
      for (HostileFiles.Hostile hostile : HostileDrl.all(canaries)) {
        drl(corpus, hostile.bytes().copy());
      }
      for (DisguisedDrl.File file : DisguisedDrl.all(canaries)) {
        drl(corpus, file.text().getBytes(StandardCharsets.UTF_8));
      }
      Process process = reading(corpus, "64m");
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      System.out.println("verdicts of " + written + " hostile files: " + said.strip());
      assertTrue(said.startsWith("refused=" + written + " "), said);
    }
  }

  /** What shows that the limit is one. */
  @Test
  void aProcessWithTooLittleMemoryEnds() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    yaml(corpus, ("x: [" + "a, ".repeat(300_000) + "a]\n").getBytes(StandardCharsets.UTF_8));
    Process process = reading(corpus, "4m");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(OUT_OF_MEMORY, process.waitFor(), said);
  }

  private static Process reading(Path corpus, String heap) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "ulimit -t " + CPU_SECONDS + "; exec \"$@\"", "-"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Verdicts.class.getName(),
            corpus.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void yaml(Path corpus, byte[] bytes) throws IOException {
    Files.write(next(corpus).resolve("hostile.yaml"), bytes);
  }

  private void drl(Path corpus, byte[] bytes) throws IOException {
    Path of = next(corpus);
    Files.writeString(of.resolve("60-special.yaml"), Drl.YAML);
    Files.write(of.resolve("60-special.drl"), bytes);
  }

  private Path next(Path corpus) throws IOException {
    return Files.createDirectory(corpus.resolve("%04d".formatted(written++)));
  }
}
