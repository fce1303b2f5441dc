package dev.reeve.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedFileTest {
  @TempDir Path folder;

  @Test
  void opensRegularFileOfItsUser() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "hello");

    try (OwnedFile.Opened opened = OwnedFile.open(file, uid())) {
      assertEquals(5, opened.size());
      assertEquals(
          "hello", new String(Channels.newInputStream(opened.channel()).readAllBytes(), "UTF-8"));
    }
  }

  @Test
  void knowsFileAgainUnderAnotherName() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "hello");
    try (OwnedFile.Opened before = OwnedFile.open(file, uid())) {
      Path moved = Files.move(file, folder.resolve("run.1"));
      Files.writeString(file, "new");
      try (OwnedFile.Opened same = OwnedFile.open(moved, uid());
          OwnedFile.Opened other = OwnedFile.open(file, uid())) {
        assertEquals(before.identity(), same.identity());
        assertEquals(false, before.identity().equals(other.identity()));
      }
    }
  }

  @Test
  void refusesLinks() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "hello");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThrows(AccessDeniedException.class, () -> OwnedFile.open(link, uid()));
  }

  @Test
  void refusesWhatBelongsToSomebodyElse() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "hello");

    assertThrows(AccessDeniedException.class, () -> OwnedFile.open(file, uid() + 1));
  }

  @Test
  void isNotHeldUpByPipesAndDevices() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(AccessDeniedException.class, () -> OwnedFile.open(pipe, uid())));
    assertThrows(AccessDeniedException.class, () -> OwnedFile.open(Path.of("/dev/null"), 0));
    assertThrows(AccessDeniedException.class, () -> OwnedFile.open(folder, uid()));
  }

  @Test
  void saysWhenThereIsNone() {
    assertThrows(NoSuchFileException.class, () -> OwnedFile.open(folder.resolve("absent"), uid()));
  }

  @Test
  void leavesNothingOpen() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "hello");
    long before = descriptors();
    for (int i = 0; i < 100; i++) {
      try (OwnedFile.Opened opened = OwnedFile.open(file, uid())) {
        opened.channel().read(ByteBuffer.allocate(1));
      }
      assertThrows(AccessDeniedException.class, () -> OwnedFile.open(folder, uid()));
    }

    assertEquals(before, descriptors(), 20);
  }

  private static long descriptors() throws Exception {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long uid() {
    try {
      return Integer.toUnsignedLong(
          (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
