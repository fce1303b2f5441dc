package dev.reeve.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LightDaemonTest {
  /** The engine's jars, and nothing else of it, are what judging takes. */
  private static final List<String> ENGINE =
      List.of(
          "drools-base",
          "drools-canonical-model",
          "drools-compiler",
          "drools-core",
          "drools-kiesession",
          "drools-model-compiler",
          "drools-util",
          "drools-wiring-api",
          "drools-wiring-static",
          "kie-api",
          "kie-internal",
          "kie-memory-compiler",
          "slf4j-api");

  private static final Pattern COMPILER =
      Pattern.compile(
          "org\\.eclipse\\.jdt|org\\.antlr|com\\.github\\.javaparser|[.]mvel[.]|"
              + "org\\.drools\\.drl\\.|org\\.drools\\.ecj|org\\.drools\\.model\\.codegen|"
              + "org\\.drools\\.modelcompiler\\.builder\\.generator|com\\.sun\\.tools\\.javac");

  @TempDir private Path folder;

  @Test
  void judgesWithoutACompilerAParserANoiseOrAFile() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path classes = folder.resolve("classes.log");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-Djava.io.tmpdir=" + temporary,
                "-XX:-UsePerfData",
                "-cp",
                daemonClassPath(),
                "dev.reeve.rules.JudgeOnce")
            .redirectError(errors.toFile())
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), Files.readString(errors));
    assertEquals("drools found [idle-workload:w]", output);
    assertEquals("", Files.readString(errors));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("org.drools.core")), "a log of all");
    assertEquals(List.of(), loaded.stream().filter(line -> COMPILER.matcher(line).find()).toList());
  }

  private static String daemonClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(LightDaemonTest::isTheDaemons)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isTheDaemons(String path) {
    String file = Path.of(path).getFileName().toString();
    return !file.endsWith(".jar")
        || file.startsWith("reeve-")
        || file.matches("(jackson-core|jspecify|slf4j-jdk14)-.*")
        || ENGINE.stream().anyMatch(name -> file.matches(name + "-\\d.*"));
  }
}
