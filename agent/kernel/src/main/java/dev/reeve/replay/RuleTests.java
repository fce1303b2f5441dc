package dev.reeve.replay;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import dev.reeve.spi.RuleEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Tests of rules: scenarios in files, each through the same replay as a back-test. */
public final class RuleTests {
  private final RuleEngine engine;
  private final Predicate<String> chosen;
  private final Path scratch;
  private final Coverage coverage;

  /**
   * What came of one test.
   *
   * @param rules those of which it expects something; none where the file could not be read
   * @param failures what was not as expected, in words; nothing if it passed
   */
  public record Result(Path file, String name, SortedSet<String> rules, List<String> failures) {
    public Result {
      rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
      failures = List.copyOf(failures);
    }

    public boolean passed() {
      return failures.isEmpty();
    }
  }

  /**
   * @param chosen which tests to run, by their names
   * @param scratch an empty folder
   */
  public RuleTests(RuleEngine engine, Predicate<String> chosen, Path scratch) {
    this.engine = engine;
    this.chosen = chosen;
    this.scratch = scratch;
    this.coverage = new Coverage(engine.ruleSet());
  }

  /** Whether a file beside rules holds their tests: {@code *.test.yaml} or {@code *.test.yml}. */
  public static boolean named(String file) {
    return !file.startsWith(".") && (file.endsWith(".test.yaml") || file.endsWith(".test.yml"));
  }

  /** What the tests that ran until now have shown. */
  public Coverage coverage() {
    return coverage;
  }

  /**
   * Runs the tests of a file. A file that cannot be read is a test that failed.
   *
   * @throws IOException when the scratch folder cannot be written
   */
  public List<Result> run(Path file) throws IOException, InterruptedException {
    Configuration read = ConfigReader.read(file);
    List<Scenario> scenarios = Scenario.read(read, engine.ruleSet());
    if (!read.problems().isEmpty()) {
      return List.of(
          new Result(
              file,
              "the file can be read",
              new TreeSet<>(),
              List.of(read.problems().text().strip())));
    }
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      if (chosen.test(scenario.name())) {
        results.add(new Result(file, scenario.name(), rules(scenario), failures(scenario)));
      }
    }
    return results;
  }

  private static SortedSet<String> rules(Scenario scenario) {
    SortedSet<String> rules = new TreeSet<>();
    scenario.expected().forEach(expected -> rules.add(expected.rule()));
    return rules;
  }

  private List<String> failures(Scenario scenario) throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (Scenario.Line line : scenario.series()) {
      check(scenario, line).ifPresent(wrong::add);
    }
    if (!wrong.isEmpty()) {
      return wrong;
    }
    Path stopFolder = Files.createDirectories(scratch.resolve("stop"));
    try (History history = open(scenario)) {
      List<String> failures =
          new ArrayList<>(
              new ScenarioRun(scenario, coverage).failures(engine, history, stopFolder));
      history.notes().forEach(note -> failures.add("the series: " + note));
      return failures;
    } catch (History.HistoryException malformed) {
      return List.of("the series: " + malformed.getMessage());
    }
  }

  /** A series alone: what is wrong with it is said of it, not of a line that nobody wrote. */
  private Optional<String> check(Scenario scenario, Scenario.Line line)
      throws IOException, InterruptedException {
    Scenario alone =
        new Scenario(
            scenario.name(),
            scenario.every(),
            scenario.guard(),
            scenario.price(),
            List.of(new Scenario.Line(line.series(), List.of(new SeriesNotation.Value.Given(1)))),
            List.of());
    try (History history = open(alone)) {
      while (history.next().isPresent()) {
        // what it could not use is in its notes then
      }
      return history.notes().stream()
          .findFirst()
          .map(note -> "the series " + line.series() + ": " + note);
    } catch (History.HistoryException malformed) {
      String message = String.valueOf(malformed.getMessage());
      int expected = message.indexOf("expected");
      return Optional.of(
          "the series "
              + line.series()
              + ": "
              + (expected < 0 ? message : message.substring(expected)));
    }
  }

  private History open(Scenario scenario)
      throws IOException, History.HistoryException, InterruptedException {
    Path file = scratch.resolve("scenario.om");
    Files.writeString(file, ScenarioText.recording(scenario));
    for (HistoryProvider provider : ServiceLoader.load(HistoryProvider.class)) {
      if (provider.reads(file.toString())) {
        return provider.open(
            new HistoryProvider.Request(file.toString(), Instant.MIN, Instant.MAX, scratch));
      }
    }
    throw new History.HistoryException("nothing here reads recordings: reinstall Reeve");
  }
}
