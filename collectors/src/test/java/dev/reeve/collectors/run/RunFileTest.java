package dev.reeve.collectors.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class RunFileTest {
  @TempDir Path folder;
  private Path path;
  private RunFile file;

  @BeforeEach
  void name() throws IOException {
    path = folder.resolve("run.jsonl");
    int uid = (Integer) Files.getAttribute(folder, "unix:uid");
    file = new RunFile(path, uid);
  }

  @Test
  void readsWhatWasAdded() throws Exception {
    add("one\ntwo\n");
    assertEquals(List.of("one", "two"), file.read().lines());
    assertEquals(List.of(), file.read().lines());
    add("three\n");
    assertEquals(List.of("three"), file.read().lines());
  }

  @Test
  void waitsForTheEndOfHalfLines() throws Exception {
    add("on");
    assertEquals(List.of(), file.read().lines());
    add("e\nt");
    assertEquals(List.of("one"), file.read().lines());
    add("wo\n");
    assertEquals(List.of("two"), file.read().lines());
  }

  @Test
  void startsAnewWhenTruncated() throws Exception {
    add("one\ntwo\n");
    file.read();
    Files.writeString(path, "new\n");

    assertEquals(List.of("new"), file.read().lines());
  }

  @Test
  void startsAnewWhenReplaced() throws Exception {
    add("one\n");
    file.read();
    Files.move(path, folder.resolve("run.jsonl.1"));
    add("a longer line than before\n");

    assertEquals(List.of("a longer line than before"), file.read().lines());
  }

  @Test
  void leavesOutLinesThatAreTooLong() throws Exception {
    add("one\n" + "x".repeat(1_000_000) + "\ntwo\n");

    List<String> lines = new ArrayList<>();
    int tooLong = 0;
    for (int i = 0; i < 20; i++) {
      RunFile.Read read = file.read();
      lines.addAll(read.lines());
      tooLong += read.tooLong();
    }
    assertEquals(List.of("one", "two"), lines);
    assertEquals(1, tooLong);
  }

  @Test
  void readsLargeFilesInPieces() throws Exception {
    add("0123456789\n".repeat(100_000));

    RunFile.Read read = file.read();
    assertTrue(read.more());
    int lines = read.lines().size();
    while (read.more()) {
      read = file.read();
      lines += read.lines().size();
    }
    assertEquals(100_000, lines);
    assertFalse(read.more());
  }

  @Test
  void absentFileIsAnError() {
    assertThrows(IOException.class, () -> file.read());
  }

  private void add(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
