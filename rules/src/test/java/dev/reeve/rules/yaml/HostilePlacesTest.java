package dev.reeve.rules.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file before a word of it is read: in both tiers, for both who read. */
class HostilePlacesTest {
  @TempDir private Path base;

  /** How a file that is right otherwise is spoilt. */
  private interface Spoils {
    void spoil(Path file) throws Exception;
  }

  /**
   * One way.
   *
   * @param code that {@code check} refuses it with, at the file as a whole
   */
  private record Way(String name, RuleCode code, Spoils spoils) {}

  private static List<Way> ways() {
    return List.of(
        new Way("link out of the folder", RuleCode.NOT_A_FILE, HostilePlacesTest::outside),
        new Way("absolute link", RuleCode.NOT_A_FILE, file -> link(file, moved(file))),
        new Way("link to itself", RuleCode.NOT_A_FILE, file -> link(file, file.getFileName())),
        new Way("dangling link", RuleCode.NOT_A_FILE, file -> link(file, Path.of("/none/there"))),
        new Way("link to a device", RuleCode.NOT_A_FILE, file -> link(file, Path.of("/dev/zero"))),
        new Way("link to a process", RuleCode.NOT_A_FILE, file -> link(file, process())),
        new Way("FIFO", RuleCode.NOT_A_FILE, HostilePlacesTest::fifo),
        new Way("folder", RuleCode.UNREADABLE, HostilePlacesTest::folder),
        new Way("socket", RuleCode.NOT_A_FILE, HostilePlacesTest::socket),
        new Way("group may write", RuleCode.WRITABLE, file -> mode(file, "rw-rw-r--")),
        new Way("all may write", RuleCode.WRITABLE, file -> mode(file, "rw-r--rw-")),
        new Way("group may replace", RuleCode.FOLDER_WRITABLE, file -> mode(up(file), "rwxrwxr-x")),
        new Way("all may replace", RuleCode.FOLDER_WRITABLE, file -> mode(up(file), "rwxr-xrwx")),
        new Way(
            "group may replace the folder",
            RuleCode.FOLDER_WRITABLE,
            file -> mode(up(up(file)), "rwxrwxr-x")));
  }

  @Test
  void everyPlaceThatIsNotItsOwnersAloneIsRefusedInBothTiers() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Way way : ways()) {
      for (String name : List.of("60-special.yaml", "60-special.drl")) {
        Path folder =
            Files.createDirectories(base.resolve(way.name() + " " + name).resolve("rules.d"));
        mode(up(folder), "rwxr-xr-x");
        mode(folder, "rwxr-xr-x");
        write(folder.resolve("60-special.yaml"), Drl.YAML);
        write(folder.resolve("60-special.drl"), Drl.of("workload_gpus > 1"));
        Path file = folder.resolve(name);
        assertTrue(RuleSources.read(List.of(file), true).ok(), "right before");
        assertEquals(2, RuleFolder.read(folder).texts().size(), "right before");
        way.spoils().spoil(file);
        checked(file, way, wrong);
        RuleFolder read = RuleFolder.read(folder);
        if (!read.refused().containsKey(name) || read.texts().containsKey(name)) {
          wrong.add(way.name() + " " + name + " is loaded: " + read.refused());
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  private static void checked(Path file, Way way, List<String> wrong) {
    RuleSources.Loaded loaded = RuleSources.read(List.of(file), true);
    boolean right =
        loaded.problems().errors().stream()
            .anyMatch(
                of ->
                    of.code() == way.code()
                        && of.place().file().equals(file.toString())
                        && of.place().line() == 0);
    boolean ours = loaded.rules().stream().anyMatch(rule -> rule.id().equals("special"));
    if (!right || ours || loaded.ok()) {
      wrong.add(way.name() + " " + file.getFileName() + ": " + loaded.report());
    }
  }

  private static List<Way> changes() {
    return List.of(
        new Way("written on", RuleCode.CHANGED, file -> append(file, "# more\n")),
        new Way("cut", RuleCode.CHANGED, file -> Files.writeString(file, "")),
        new Way("other bytes and its old time", RuleCode.CHANGED, HostilePlacesTest::inSecret),
        new Way("another file of its name", RuleCode.CHANGED, HostilePlacesTest::replaced),
        new Way("opened to others", RuleCode.CHANGED, file -> mode(file, "rw-rw-rw-")),
        new Way("a link of its name", RuleCode.NOT_A_FILE, file -> link(file, moved(file))),
        new Way("a FIFO of its name", RuleCode.NOT_A_FILE, HostilePlacesTest::fifo),
        new Way("gone", RuleCode.UNREADABLE, Files::delete));
  }

  @Test
  void everyChangeWhileAFileIsReadIsRefused() throws Exception {
    for (Way change : changes()) {
      for (String name : List.of("60-special.yaml", "60-special.drl")) {
        Path file = base.resolve(name);
        Files.deleteIfExists(file);
        write(file, name.endsWith(".drl") ? Drl.of("workload_gpus > 1") : Drl.YAML);
        RuleProblems problems = new RuleProblems();
        RuleFile reader = new RuleFile(problems, _ -> true, false, () -> spoil(change, file));
        assertEquals(Optional.empty(), reader.read(file), change.name());
        assertEquals(
            List.of(change.code()),
            problems.list().stream().map(RuleProblem::code).toList(),
            change.name());
      }
    }
  }

  private static void spoil(Way way, Path file) {
    try {
      way.spoils().spoil(file);
    } catch (Exception e) {
      throw new AssertionError(way.name(), e);
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static void inSecret(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, Files.readString(file).replace('a', 'b'));
    Files.setLastModifiedTime(file, time);
  }

  private static void replaced(Path file) throws IOException {
    Path other = Files.copy(file, file.resolveSibling("other"));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    mode(file, "rw-r--r--");
  }

  private static Path up(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static void outside(Path file) throws IOException {
    Files.move(file, up(up(file)).resolve("outside"));
    Files.createSymbolicLink(file, Path.of("..", "outside"));
  }

  private static Path moved(Path file) throws IOException {
    return Files.move(file, file.resolveSibling("moved"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path process() {
    return Path.of("/proc/self/environ");
  }

  private static void link(Path file, Path to) throws IOException {
    Files.deleteIfExists(file);
    Files.createSymbolicLink(file, to);
  }

  private static void fifo(Path file) throws IOException, InterruptedException {
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
  }

  private static void folder(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static void socket(Path file) throws IOException {
    Files.delete(file);
    // its name may be too long for a socket
    Path near = Files.createTempDirectory("reeve").resolve("s");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(near));
      Files.move(near, file);
    }
    Files.delete(up(near));
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
