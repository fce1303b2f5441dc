package dev.reeve.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.JournalProblem.Kind;
import dev.reeve.journal.Verification.Sound;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, killed with SIGKILL at any moment. `-Dreeve.kills=10000` for more of them.
class KillTest {
  private static final int KILLS = Integer.getInteger("reeve.kills", 20);

  @TempDir Path folder;

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AppendLoop.class.getName(),
            folder.toString())
        .redirectError(Redirect.INHERIT)
        .start();
  }

  /// Kills after so many acknowledgements and so many spins, and answers the last acknowledged one.
  private long kill(int acknowledgements, int spins) throws IOException, InterruptedException {
    Process process = start();
    long acknowledged = 0;
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      for (int i = 1; line != null; i++) {
        acknowledged = Long.parseLong(line);
        if (i == acknowledgements) {
          for (int spin = 0; spin < spins; spin++) {
            Thread.onSpinWait();
          }
          // the handle, since Process.destroyForcibly closes the pipe before it was read to its end
          process.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    }
    assertEquals(128 + 9, process.waitFor(), "the process ended otherwise than by SIGKILL");
    return acknowledged;
  }

  @Test
  void losesNothingThatWasAcknowledgedHoweverOftenItIsKilled()
      throws IOException, InterruptedException {
    Random random = new Random(42);
    for (int i = 0; i < KILLS; i++) {
      long acknowledged = kill(1 + random.nextInt(60), random.nextInt(20_000));
      assertTrue(acknowledged > 0);
      Sound sound = assertInstanceOf(Sound.class, JournalVerifier.verify(folder));
      long found = sound.checked().last().orElseThrow().sequence();
      long first = sound.checked().first().orElseThrow().sequence();
      assertTrue(
          found == acknowledged || found == acknowledged + 1,
          () -> acknowledged + " acknowledged, " + found + " found");
      JournalFixture fixture = new JournalFixture();
      try (FileJournal journal =
          JournalFixture.journal(FileJournal.open(folder, fixture.settings, fixture.ports()))) {
        assertEquals(
            LongStream.rangeClosed(first, found).boxed().toList(), JournalFixture.numbers(journal));
      }
    }
  }

  @Test
  void noOtherProcessWritesWhileOneDoesAndEveryOneMayRead()
      throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      out.readLine();
      JournalFixture fixture = new JournalFixture();
      OpenResult.Refused refused =
          assertInstanceOf(
              OpenResult.Refused.class,
              FileJournal.open(folder, fixture.settings, fixture.ports()));
      assertEquals(Kind.IN_USE, refused.problem().kind());
      for (int i = 0; i < 50; i++) {
        Verification verification = JournalVerifier.verify(folder);
        assertInstanceOf(Sound.class, verification, verification::toString);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
