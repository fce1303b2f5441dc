package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs code in the full language is refused in its place, and nothing of it runs. */
class HostileDrlTest {
  private static final Duration HANGS = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void everyConstructIsRefusedInItsPlaceAndNothingRuns() throws IOException {
    try (Canaries canaries = new Canaries(folder)) {
      List<HostileFiles.Hostile> files = HostileDrl.all(canaries);
      assertTrue(files.size() >= 250, "there are " + files.size());
      Files.writeString(folder.resolve("60-special.yaml"), Drl.YAML);
      List<String> wrong = new ArrayList<>();
      for (HostileFiles.Hostile hostile : files) {
        Files.write(folder.resolve("60-special.drl"), hostile.bytes().copy());
        HostileFilesTest.Verdict verdict =
            assertTimeoutPreemptively(HANGS, () -> HostileFilesTest.read(folder), hostile.name());
        RuleSources.Loaded loaded = verdict.loaded();
        if (!verdict.excess().isEmpty()) {
          wrong.add(hostile.name() + " " + verdict.excess());
        }
        String expected = hostile.code() + ":" + hostile.line();
        if (loaded.ok() || !Drl.errors(loaded).contains(expected)) {
          wrong.add(hostile.name() + ": not " + expected + " but " + Drl.errors(loaded));
        }
        Files.deleteIfExists(folder.resolve("60-special.drl"));
      }
      assertEquals("", String.join("\n", wrong));
      assertEquals(Set.of(), canaries.sung());
    }
  }
}
