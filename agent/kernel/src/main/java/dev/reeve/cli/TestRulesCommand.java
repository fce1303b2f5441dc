package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.daemon.Daemon;
import dev.reeve.daemon.Plugins;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.replay.Coverage;
import dev.reeve.replay.RuleTests;
import dev.reeve.spi.RuleEngine;
import dev.reeve.spi.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scenarios in files, through the same replay as a back-test. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Runs scenarios in files: series, and the actions that are to follow.",
      "Exit code: 0 all is as expected, 1 something is not, or --coverage finds a case without a"
          + " test, 2 wrong usage."
    })
final class TestRulesCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "files, and folders of them; of a folder with *.test.yaml files just those")
  private List<Path> paths = List.of();

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "rule files or folders; if not set, those beside *.test.yaml files, else the shipped"
              + " ones")
  private List<Path> rules = List.of();

  @Option(names = "--run", paramLabel = "REGEX", description = "only tests of such names")
  private Optional<String> run = Optional.empty();

  @Option(names = "--junit", paramLabel = "FILE", description = "writes the results as XML")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--coverage",
      description =
          "says of each rule whether a test shows that it finds, that it does not, and that it does"
              + " nothing where data is missing; of the shipped rules only if no others are tested;"
              + " with --run only of rules that the chosen tests name")
  private boolean coverage;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Exception {
    ConfigFile.Read read = ConfigFile.read(ConfigReader.nothing());
    List<RuleTests.Result> results = new ArrayList<>();
    List<Coverage.OfRule> covered = List.of();
    Predicate<String> chosen = chosen();
    List<Path> files = TestFiles.in(paths);
    List<Path> sources = rules.isEmpty() ? TestFiles.rulesBeside(files) : rules;
    try (Scratch scratch = Scratch.make("reeve-test")) {
      Surroundings surroundings =
          new Surroundings(Daemon.clocks(read.config()), scratch.folder(), scratch.folder());
      try (RuleEngine engine = Plugins.engine(sources, surroundings)) {
        RuleTests tests = new RuleTests(engine, chosen, scratch.folder());
        for (Path file : files) {
          List<RuleTests.Result> of = tests.run(file);
          if (output.format() == Output.Format.TABLE) {
            of.forEach(TestReport::print);
          }
          results.addAll(of);
        }
        if (coverage) {
          Set<String> asked = asked(engine.ruleSet(), sources, surroundings, results);
          covered =
              tests.coverage().rules().stream().filter(of -> asked.contains(of.rule())).toList();
        }
      }
    }
    return report(new TestReport(results, coverage ? Optional.of(covered) : Optional.empty()));
  }

  private int report(TestReport report) throws IOException {
    if (junit.isPresent()) {
      Files.writeString(junit.get(), JUnit.xml(report));
    }
    if (output.format() == Output.Format.TABLE) {
      System.out.print(report.text());
    } else {
      output.print(report.json(), TestReport.SHAPE);
    }
    if (report.results().isEmpty()) {
      System.err.println("reeve: no test was found");
    }
    return report.ok() ? 0 : 1;
  }

  /** What the shipped rules do is tested with them, not by whoever adds some. */
  private Set<String> asked(
      RuleSet tested, List<Path> sources, Surroundings surroundings, List<RuleTests.Result> results)
      throws Exception {
    Set<Rule> shipped = new HashSet<>();
    if (!sources.isEmpty()) {
      try (RuleEngine engine = Plugins.engine(List.of(), surroundings)) {
        shipped.addAll(engine.ruleSet().rules());
      }
    }
    Set<String> named = new HashSet<>();
    results.forEach(result -> named.addAll(result.rules()));
    Set<String> asked = new HashSet<>();
    for (Rule rule : tested.rules()) {
      if (!shipped.contains(rule) && (run.isEmpty() || named.contains(rule.id()))) {
        asked.add(rule.id());
      }
    }
    return asked;
  }

  private Predicate<String> chosen() {
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
}
