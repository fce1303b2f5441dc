package dev.reeve.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.journal.Verification.Sound;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process on a real file system that has no room left. Only root may mount one.
class FullDiskTest {
  @TempDir Path folder;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", folder.toString()) == 0;
    assumeTrue(mounted, "only root may mount a small file system, and not in every container");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertEquals(0, run("umount", folder.toString()));
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// Appends and keeps everything until the process ends; answers what was acknowledged last.
  private long appendUntilItEnds() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                AppendLoop.class.getName(),
                folder.toString(),
                "1000000")
            .redirectError(Redirect.DISCARD)
            .start();
    List<String> acknowledged;
    try (BufferedReader out = process.inputReader()) {
      acknowledged = out.lines().toList();
    }
    assertNotEquals(0, process.waitFor());
    return acknowledged.isEmpty() ? 0 : Long.parseLong(acknowledged.getLast());
  }

  private long known() {
    Sound sound = assertInstanceOf(Sound.class, JournalVerifier.verify(folder));
    return sound.checked().last().orElseThrow().sequence();
  }

  @Test
  void aProcessThatRunsOutOfDiskEndsAndLosesNothing() throws IOException, InterruptedException {
    long first = appendUntilItEnds();
    assertTrue(first > 50, () -> first + " were acknowledged");
    assertTrue(known() == first || known() == first + 1);
    // there is still no room: it ends again, and what is known stays known
    long before = known();
    long second = appendUntilItEnds();
    assertTrue(second == 0 || second >= before, "nothing is acknowledged twice");
    assertTrue(known() >= before);
    assertEquals(0, run("mount", "-o", "remount,size=160k", folder.toString()));
    long third = appendUntilItEnds();
    assertTrue(third > before, "it goes on once there is room");
    assertTrue(known() == third || known() == third + 1);
  }
}
