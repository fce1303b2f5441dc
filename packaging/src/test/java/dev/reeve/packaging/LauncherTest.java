package dev.reeve.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher itself, in a world where every Java and the Maven are stand-ins that say what they
/// were asked.
final class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "find",
          "cksum",
          "sort",
          "sed",
          "head",
          "cat",
          "mkdir",
          "rm",
          "rmdir",
          "mv",
          "nice",
          "tee",
          "grep",
          "readlink",
          "sleep",
          "cp",
          "env",
          "uname");

  @TempDir Path world;
  private Path checkout;
  private Path tools;

  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void makeTheWorld() throws IOException {
    tools = Files.createDirectories(world.resolve("tools"));
    for (String tool : TOOLS) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(folder, tool);
        if (Files.exists(real) && !Files.exists(tools.resolve(tool))) {
          executable(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
      }
    }
    checkout = Files.createDirectories(world.resolve("check out"));
    Files.copy(root().resolve("reeve"), checkout.resolve("reeve"));
    makeExecutable(checkout.resolve("reeve"));
    for (String name : List.of("pom.xml", "LICENSE", "agent/src/main/java/A.java")) {
      write(checkout.resolve(name), "one");
    }
    Files.createDirectories(checkout.resolve("packaging/src"));
    // stands for a build: a distribution with one jar, and a line in a log
    executable(
        tools.resolve("mvn"),
        """
        #!/usr/bin/env bash
        echo "[INFO] Building Reeve kernel 0.1.0-SNAPSHOT                  [2/7]"
        echo "built with $JAVA_HOME" >> %1$s/mvn.log
        [ ! -e %1$s/broken ] || { echo "[ERROR] Something.java:[3,1] is wrong"; exit 1; }
        mkdir -p packaging/target/dist/lib
        cat agent/src/main/java/A.java > packaging/target/dist/lib/a.jar
        echo "0000  lib/a.jar" > packaging/target/dist/jars.sha256
        cat agent/src/main/java/A.java > packaging/target/dist/jars.id
        """
            .formatted(quoted(world)));
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJava() throws Exception {
    Ran ran = launch(checkout.resolve("reeve"), "--version");
    assertEquals(127, ran.exit());
    assertTrue(ran.err().contains("needs Java 25 or newer with its compiler"), ran.err());
    assertTrue(ran.err().contains("found none"), ran.err());
    assertTrue(ran.err().contains("apt install openjdk-25-jdk-headless"), ran.err());
  }

  @Test
  void saysWhichJavasAreTooOld() throws Exception {
    java("17.0.15", "jdk-17");
    java("1.8.0_402", "jdk-8");
    Ran ran = launch(checkout.resolve("reeve"), "--version");
    assertEquals(127, ran.exit());
    assertTrue(ran.err().contains("  17.0.15 in " + world.resolve("javas/jdk-17")), ran.err());
    assertTrue(ran.err().contains("  1.8.0_402 in " + world.resolve("javas/jdk-8")), ran.err());
  }

  @Test
  void doesNotBuildWithAJavaThatCannot() throws Exception {
    Files.delete(java("25.0.1", "jre-25").resolve("bin/javac"));
    Ran ran = launch(checkout.resolve("reeve"), "--version");
    assertEquals(127, ran.exit());
    assertTrue(ran.err().contains("25.0.1 in "), ran.err());
    assertTrue(ran.err().contains("without a compiler"), ran.err());
  }

  @Test
  void insistsOnTheJavaThatIsNamed() throws Exception {
    java("25.0.3", "jdk-25");
    Path old = java("21.0.1", "jdk-21");
    Ran ran = launch(Map.of("REEVE_JAVA_HOME", old.toString()), checkout.resolve("reeve"), "x");
    assertEquals(127, ran.exit());
    assertTrue(ran.err().contains("REEVE_JAVA_HOME=" + old + " is no Java 25"), ran.err());
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    java("25.0.3", "jdk-25");
    Files.delete(tools.resolve("mvn"));
    Ran ran = launch(checkout.resolve("reeve"), "--version");
    assertEquals(127, ran.exit());
    assertTrue(ran.err().contains("found no mvn"), ran.err());
    assertTrue(ran.err().contains("apt install maven"), ran.err());
  }

  @Test
  void buildsOnFirstUseAndShowsItOnStandardError() throws Exception {
    Path home = java("25.0.3", "jdk-25");
    Ran ran = launch(checkout.resolve("reeve"), "status", "-o", "two words");
    assertEquals(0, ran.exit(), ran.err());
    assertTrue(ran.err().contains("  [2/7] Reeve kernel\n"), ran.err());
    assertEquals(1, builds());
    assertTrue(Files.readString(world.resolve("mvn.log")).contains(home.toString()));
    assertTrue(ran.out().endsWith("dev.reeve.Main|status|-o|two words|\n"), ran.out());
    Path dist = checkout.resolve("packaging/target/dist");
    assertTrue(ran.out().contains("|-cp|" + dist.resolve("lib/a.jar") + "|"), ran.out());
  }

  @Test
  void buildsAgainOnlyWhenASourceIsAnother() throws Exception {
    java("25.0.3", "jdk-25");
    launch(checkout.resolve("reeve"), "x");
    launch(checkout.resolve("reeve"), "x");
    assertEquals(1, builds());
    Path source = checkout.resolve("agent/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    write(checkout.resolve("agent/src/test/java/ATest.java"), "tests are not in the distribution");
    launch(checkout.resolve("reeve"), "x");
    assertEquals(1, builds());
    write(source, "two");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    launch(checkout.resolve("reeve"), "x");
    assertEquals(2, builds());
    Files.move(source, source.resolveSibling("B.java"));
    write(source, "two");
    launch(checkout.resolve("reeve"), "x");
    assertEquals(3, builds());
  }

  @Test
  void showsWhyABuildFailedAndStartsNothing() throws Exception {
    java("25.0.3", "jdk-25");
    write(world.resolve("broken"), "");
    Ran ran = launch(checkout.resolve("reeve"), "x");
    assertEquals(1, ran.exit());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("Something.java:[3,1] is wrong"), ran.err());
    Files.delete(world.resolve("broken"));
    assertEquals(0, launch(checkout.resolve("reeve"), "x").exit());
  }

  @Test
  void usesOnlyTheArchiveOfItsOwnJars() throws Exception {
    java("25.0.3", "jdk-25");
    Path cache = checkout.resolve("packaging/target/cache");
    Ran first = launch(checkout.resolve("reeve"), "x");
    assertTrue(first.out().contains("SharedArchiveFile=" + cache + "/reeve-one-25.0.3.jsa"));
    write(checkout.resolve("agent/src/main/java/A.java"), "two");
    Ran second = launch(checkout.resolve("reeve"), "x");
    assertTrue(second.out().contains("SharedArchiveFile=" + cache + "/reeve-two-25.0.3.jsa"));
    assertEquals(List.of("reeve-two-25.0.3.jsa"), names(cache));
  }

  @Test
  void startsWithoutAnArchiveWhereNothingCanBeWritten() throws Exception {
    java("25.0.3", "jdk-25");
    Path dist = dist();
    Map<String, String> environment =
        Map.of("REEVE_CACHE", "/proc/nowhere", "HOME", "/proc/nowhere");
    Ran ran = launch(environment, dist.resolve("bin/reeve"), "x");
    assertEquals(0, ran.exit(), ran.err());
    assertEquals("", ran.err());
    assertFalse(ran.out().contains("SharedArchiveFile"), ran.out());
  }

  @Test
  void makesTheArchiveOfADistributionBehindItsFirstStart() throws Exception {
    java("25.0.3", "jdk-25");
    Path dist = dist();
    assertFalse(launch(dist.resolve("bin/reeve"), "x").out().contains("SharedArchiveFile"));
    Awaitility.await()
        .until(
            () ->
                Files.isDirectory(dist.resolve("cache"))
                    && names(dist.resolve("cache")).size() == 1);
    assertTrue(launch(dist.resolve("bin/reeve"), "x").out().contains("SharedArchiveFile"));
  }

  @Test
  void sendsNothingToAnybodysReceiverWhileItMakesTheArchive() throws Exception {
    java("25.0.3", "jdk-25");
    String mine = "http://receiver:4318";
    launch(
        Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", mine, "OTEL_EXPORTER_OTLP_ENDPOINT", mine),
        checkout.resolve("reeve"),
        "x");
    String environment =
        Files.readString(checkout.resolve("packaging/target/cache/reeve-one-25.0.3.jsa"));
    assertFalse(environment.contains(mine), environment);
    assertTrue(environment.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9\n"));
  }

  @Test
  void startsThroughLinksFromAnyFolder() throws Exception {
    java("25.0.3", "jdk-25");
    Path dist = dist();
    Path link = Files.createSymbolicLink(tools.resolve("reeve"), world.resolve("second"));
    Files.createSymbolicLink(world.resolve("second"), dist.resolve("bin/reeve"));
    Ran ran = launch(link, "x");
    assertEquals(0, ran.exit(), ran.err());
    assertTrue(ran.out().contains(dist.resolve("lib/a.jar").toString()), ran.out());
    assertEquals(0, builds());
  }

  @Test
  void givesTheDaemonASmallHeapAndABackTestALargeOne() throws Exception {
    java("25.0.3", "jdk-25");
    Path reeve = dist().resolve("bin/reeve");
    assertTrue(launch(reeve, "run").out().contains("|-Xmx64m|"));
    assertTrue(launch(reeve, "run").out().contains("|-XX:TieredStopAtLevel=1|"));
    assertTrue(launch(reeve, "run").out().contains("|-Xms24m|"));
    assertTrue(launch(reeve, "backtest").out().contains("|-Xmx1g|"));
    Ran ran = launch(Map.of("REEVE_HEAP", "300m"), reeve, "run");
    assertTrue(ran.out().contains("|-Xmx300m|"), ran.out());
    // a heap that must begin larger than it may become would not start
    assertFalse(ran.out().contains("|-Xms"), ran.out());
  }

  private Path dist() throws IOException {
    Path dist = world.resolve("opt/reeve");
    write(dist.resolve("lib/a.jar"), "one");
    write(dist.resolve("jars.sha256"), "0000  lib/a.jar\n");
    write(dist.resolve("jars.id"), "one\n");
    Files.createDirectories(dist.resolve("bin"));
    Files.copy(root().resolve("reeve"), dist.resolve("bin/reeve"));
    makeExecutable(dist.resolve("bin/reeve"));
    return dist;
  }

  /// Stands for a Java: prints its arguments, and makes the archive that it is asked for.
  private Path java(String version, String folder) throws IOException {
    Path home = world.resolve("javas").resolve(folder);
    String program =
        """
        #!/usr/bin/env bash
        printf '%s|' "$@"
        echo
        for argument in "$@"; do
          case $argument in
            -XX:ArchiveClassesAtExit=*) env > "${argument#*=}" ;;
          esac
        done
        """;
    executable(home.resolve("bin/java"), program);
    executable(home.resolve("bin/javac"), program);
    write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Ran launch(Path launcher, String... arguments) throws Exception {
    return launch(Map.of(), launcher, arguments);
  }

  private Ran launch(Map<String, String> environment, Path launcher, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = world.resolve("out");
    Path err = world.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", world.toString());
    builder.environment().put("REEVE_JAVA_FOLDERS", world.resolve("javas").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private long builds() throws IOException {
    Path log = world.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    makeExecutable(file);
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
