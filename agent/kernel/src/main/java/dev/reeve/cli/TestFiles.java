package dev.reeve.cli;

import dev.reeve.replay.RuleTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where tests of rules are, and which rules stand beside them. */
final class TestFiles {
  private TestFiles() {}

  /** Files as they are; of a folder its {@code *.test.yaml} files, or all where it has none. */
  static List<Path> in(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      List<Path> found = below(path);
      List<Path> tests = found.stream().filter(TestFiles::isTest).toList();
      files.addAll(tests.isEmpty() ? found : tests);
    }
    return files;
  }

  /** Folders with both, tests and rules. */
  static List<Path> rulesBeside(List<Path> files) throws IOException {
    TreeSet<Path> folders = new TreeSet<>();
    for (Path file : files) {
      Path folder = file.toAbsolutePath().getParent();
      if (isTest(file) && folder != null && holdsRules(folder)) {
        folders.add(folder);
      }
    }
    return List.copyOf(folders);
  }

  private static boolean holdsRules(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.anyMatch(file -> isYaml(file) && !isTest(file));
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below.filter(TestFiles::isYaml).sorted().toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static boolean isTest(Path file) {
    return RuleTests.named(file.getFileName().toString());
  }
}
