package dev.reeve.platform.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of processes are read into one room, which grows; none may show what another left there.
 */
class LongFilesTest {
  @TempDir Path root;

  @Test
  void readsShortAndLongFilesInAnyOrder() throws IOException {
    String text = "x".repeat(100_000);
    FakeProc proc = new FakeProc(root);
    proc.process(11, 1).with("REEVE_RUN", "short").add();
    proc.process(12, 1).called("python", text).with("FILLER", text).with("REEVE_RUN", "long").add();
    proc.process(13, 1).with("REEVE_RUN", "after").add();
    ProcessTable table =
        ProcessTable.read(Proc.at(root), new Environment.Kept(Set.of("REEVE_RUN")));
    assertEquals(Optional.of("short"), run(table, 11));
    assertEquals(Optional.of("long"), run(table, 12));
    assertEquals(Optional.of("after"), run(table, 13));
    assertEquals(1024, details(table, 12).commandLine().text().length());
    assertEquals("sleep 9", details(table, 13).commandLine().text());
  }

  private static Optional<String> run(ProcessTable table, long pid) {
    return details(table, pid).environment().value("REEVE_RUN");
  }

  private static ProcessDetails details(ProcessTable table, long pid) {
    return table.details(table.find(pid).orElseThrow()).orElseThrow();
  }
}
