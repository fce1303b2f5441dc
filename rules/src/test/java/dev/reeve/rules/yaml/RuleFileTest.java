package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
  private static final String TEXT = "pack: {name: a, version: 1}\n";

  private final RuleProblems problems = new RuleProblems();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("a.yaml"), TEXT);
    mode(file, "rw-r--r--");
    mode(folder, "rwxr-xr-x");
  }

  @Test
  void readsAFileThatOnlyItsOwnerWrites() {
    assertEquals(Optional.of(TEXT), usual().read(file));
    assertEquals(List.of(), problems.list());
  }

  @Test
  void refusesLinks() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("b.yaml"), file);
    refuses(RuleCode.NOT_A_FILE, link);
    Path dangling = Files.createSymbolicLink(folder.resolve("c.yaml"), folder.resolve("none"));
    refuses(RuleCode.NOT_A_FILE, dangling);
  }

  @Test
  void refusesPipesDevicesAndFoldersWithoutWaiting() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> refuses(RuleCode.NOT_A_FILE, pipe), "it hung");
    refuses(RuleCode.NOT_A_FILE, Path.of("/dev/zero"));
    refuses(RuleCode.NOT_A_FILE, folder);
  }

  @Test
  void refusesWhatOthersMayWrite() throws IOException {
    mode(file, "rw-rw-r--");
    refuses(RuleCode.WRITABLE, file);
    mode(file, "rw-r--rw-");
    refuses(RuleCode.WRITABLE, file);
  }

  @Test
  void refusesFoldersThatOthersMayWrite() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    mode(inner, "rwxr-xr-x");
    Path below = Files.copy(file, inner.resolve("a.yaml"));
    mode(below, "rw-r--r--");
    mode(folder, "rwxrwxr-x");
    refuses(RuleCode.FOLDER_WRITABLE, below);
    mode(folder, "rwxr-xrwx");
    refuses(RuleCode.FOLDER_WRITABLE, below);
    assertEquals(
        0,
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> new ProcessBuilder("chmod", "1777", folder.toString()).start().waitFor()));
    assertEquals(Optional.of(TEXT), usual().read(below), "the sticky bit protects it");
  }

  @Test
  void looksAtTheFoldersBehindALinkedOne() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path below = Files.copy(file, open.resolve("a.yaml"));
    mode(below, "rw-r--r--");
    mode(open, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(folder.resolve("linked"), open);
    refuses(RuleCode.FOLDER_WRITABLE, link.resolve("a.yaml"));
  }

  @Test
  void refusesWhatBelongsToAnotherUser() {
    RuleFile strangers = new RuleFile(problems, _ -> false, true, () -> {});
    assertEquals(Optional.empty(), strangers.read(file));
    assertEquals(RuleCode.FOREIGN_OWNER, problems.list().getFirst().code());
  }

  @Test
  void refusesAFileThatIsWrittenWhileItIsRead() {
    changes(() -> append(file));
  }

  @Test
  void refusesAFileWhoseBytesChangeButNotItsLength() {
    changes(() -> overwrite(file));
  }

  @Test
  void refusesAFileThatIsReplacedWhileItIsRead() {
    changes(
        () -> {
          Path other = folder.resolve("other");
          overwrite(other);
          move(other, file);
        });
  }

  @Test
  void refusesAFileThatIsGoneBeforeTheEnd() {
    RuleFile reader = new RuleFile(problems, _ -> true, false, () -> delete(file));
    assertEquals(Optional.empty(), reader.read(file));
    assertEquals(RuleCode.UNREADABLE, problems.list().getFirst().code());
  }

  @Test
  void refusesWhatIsNotThereOrTooLarge() throws IOException {
    refuses(RuleCode.UNREADABLE, folder.resolve("none.yaml"));
    Files.write(file, new byte[(1 << 20) + 1]);
    refuses(RuleCode.TOO_LARGE, file);
  }

  @Test
  void refusesOtherEncodingsInTheirPlace() throws IOException {
    Files.write(file, "a: 1\nb: ü".getBytes(StandardCharsets.ISO_8859_1));
    refuses(RuleCode.NOT_UTF8, file);
    assertEquals(2, problems.list().getFirst().place().line());
    assertEquals(4, problems.list().getFirst().place().column());
  }

  @Test
  void looksAtNoPermissionsInACheckout() throws IOException {
    mode(file, "rw-rw-rw-");
    assertEquals(Optional.of(TEXT), RuleFile.usual(problems, false).read(file));
    Path link = Files.createSymbolicLink(folder.resolve("b.yaml"), file);
    assertEquals(Optional.empty(), RuleFile.usual(problems, false).read(link));
  }

  @Test
  void readsTheFilesOfAFolderInOrderAndSaysWhereThereIsNone() throws IOException {
    Files.writeString(folder.resolve("b.yml"), "x: 1\n");
    Files.writeString(folder.resolve(".hidden.yaml"), "y: 1\n");
    Files.writeString(folder.resolve("notes.txt"), "z: 1\n");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    List<String> files =
        RuleSources.read(List.of(folder, empty), false).problems().list().stream()
            .map(of -> of.place().file())
            .distinct()
            .toList();
    assertEquals(
        List.of(file.toString(), folder.resolve("b.yml").toString(), empty.toString()), files);
  }

  private void changes(Runnable change) {
    RuleFile reader = new RuleFile(problems, _ -> true, false, change);
    assertEquals(Optional.empty(), reader.read(file));
    assertEquals(RuleCode.CHANGED, problems.list().getFirst().code());
  }

  private RuleFile usual() {
    return RuleFile.usual(problems, true);
  }

  private void refuses(RuleCode code, Path path) {
    RuleProblems own = new RuleProblems();
    assertEquals(Optional.empty(), RuleFile.usual(own, true).read(path), path.toString());
    assertEquals(List.of(code), own.list().stream().map(RuleProblem::code).toList(), own.text());
    own.list().forEach(problems::add);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void append(Path path) {
    try {
      Files.writeString(path, "x", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void overwrite(Path path) {
    try {
      Files.writeString(path, TEXT.replace('a', 'b'));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
