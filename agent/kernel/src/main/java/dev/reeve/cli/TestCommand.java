package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.Plugins;
import dev.reeve.replay.RuleTests;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests that operators write. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Runs tests of what operators write.")
final class TestCommand {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description =
          "Runs scenarios in files: series, and the actions that are to follow; exit 1 if one does"
              + " not.")
  int rules(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "files, and folders of them")
          List<Path> paths,
      @Option(
              names = "--rules",
              paramLabel = "PATH",
              description = "rule files or folders; the shipped rules if not set")
          List<Path> rules,
      @Option(names = "--run", paramLabel = "REGEX", description = "only tests of such names")
          String run,
      @Option(names = "--junit", paramLabel = "FILE", description = "writes the results as XML")
          Path junit)
      throws Exception {
    ConfigFile.Read read = ConfigFile.read(ConfigReader.nothing());
    List<RuleTests.Result> results = new ArrayList<>();
    try (Scratch scratch = Scratch.make("reeve-test")) {
      Surroundings surroundings =
          new Surroundings(Daemon.clocks(read.config()), scratch.folder(), scratch.folder());
      List<Path> sources = rules == null ? List.of() : rules;
      try (RuleEngine engine = Plugins.engine(sources, surroundings)) {
        RuleTests tests = new RuleTests(engine, chosen(Optional.ofNullable(run)), scratch.folder());
        for (Path file : files(paths)) {
          List<RuleTests.Result> of = tests.run(file);
          of.forEach(TestCommand::print);
          results.addAll(of);
        }
      }
    }
    if (junit != null) {
      Files.writeString(junit, JUnit.xml(results));
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    System.out.printf("%d passed, %d failed%n", results.size() - failed, failed);
    if (results.isEmpty()) {
      System.err.println("reeve: no test was found");
    }
    return failed == 0 && !results.isEmpty() ? 0 : 1;
  }

  private Predicate<String> chosen(Optional<String> run) {
    if (run.isEmpty()) {
      return _ -> true;
    }
    try {
      Pattern pattern = Pattern.compile(run.get());
      return name -> pattern.matcher(name).find();
    } catch (PatternSyntaxException malformed) {
      throw new ParameterException(
          spec.commandLine(), "--run: " + malformed.getDescription() + " in '" + run.get() + "'");
    }
  }

  private static List<Path> files(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        below
            .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
            .sorted()
            .forEach(files::add);
      } catch (UncheckedIOException failure) {
        throw failure.getCause();
      }
    }
    return files;
  }

  private static void print(RuleTests.Result result) {
    System.out.println(
        (result.passed() ? "ok    " : "FAIL  ") + Text.plain(result.file() + ": " + result.name()));
    for (String failure : result.failures()) {
      System.out.println(Text.plain(failure).indent(6).stripTrailing());
    }
  }
}
