package dev.reeve.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitFileTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path folder;

  @Test
  void observesWithoutAnyCapability() throws IOException {
    List<String> lines = Files.readAllLines(unit());
    assertTrue(lines.contains("CapabilityBoundingSet="));
    assertTrue(lines.contains("AmbientCapabilities="));
    assertTrue(lines.contains("User=reeve"));
    assertTrue(lines.contains("RuntimeDirectoryMode=0755"));
  }

  /// The score that systemd gives: 0 is closed, 10 is open. A unit of root has above 9.
  @Test
  void exposesLittle() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    String said =
        run(
            0,
            ANALYZE.toString(),
            "security",
            "--offline=true",
            "--threshold=20",
            copy().toString());
    assertTrue(said.contains("Overall exposure level"), said);
  }

  @Test
  void isAUnitThatSystemdUnderstands() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    String said = run(0, ANALYZE.toString(), "verify", "--man=no", copy().toString());
    assertEquals("", said);
  }

  /// With a program that is there, since the one that it starts is not installed here.
  private Path copy() throws IOException {
    String text = Files.readString(unit()).replace("/usr/bin/reeve", "/bin/true");
    return Files.writeString(folder.resolve("reeve.service"), text);
  }

  private static String run(int exit, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(exit, process.exitValue(), said);
    return said;
  }

  private static Path unit() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolve("packaging/src/main/systemd/reeve.service");
  }
}
