package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs code in the full language is refused in its place, and nothing of it runs. */
class HostileDrlTest {
  private static final Duration HANGS = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void everyConstructIsRefusedInItsPlaceAndNothingRuns() throws IOException {
    Path canary = folder.resolve("canary");
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(1);
      List<HostileFiles.Hostile> files = HostileDrl.all(canary.toString(), socket.getLocalPort());
      assertTrue(files.size() >= 200, "there are " + files.size());
      Files.writeString(folder.resolve("60-special.yaml"), Drl.YAML);
      List<String> wrong = new ArrayList<>();
      for (HostileFiles.Hostile hostile : files) {
        Files.write(folder.resolve("60-special.drl"), hostile.bytes().copy());
        RuleSources.Loaded loaded =
            assertTimeoutPreemptively(
                HANGS, () -> RuleSources.read(List.of(folder), false), hostile.name());
        String expected = hostile.code() + ":" + hostile.line();
        if (loaded.ok() || !Drl.errors(loaded).contains(expected)) {
          wrong.add(hostile.name() + ": not " + expected + " but " + Drl.errors(loaded));
        }
        Files.deleteIfExists(folder.resolve("60-special.drl"));
      }
      assertEquals("", String.join("\n", wrong));
      assertEquals(null, System.getProperty("reeve.canary"), "a property was set");
      assertFalse(Files.exists(canary), "a file was made");
      boolean silent = false;
      try {
        socket.accept().close();
      } catch (SocketTimeoutException expected) {
        silent = true;
      }
      assertTrue(silent, "somebody connected");
    }
  }
}
