package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Problem;
import dev.reeve.daemon.Check;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The loader itself, all problems at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with what the daemon would load.")
final class CheckCommand {
  private static final List<String> COLUMNS =
      List.of("file", "line", "column", "key", "expected", "found", "nearest");

  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      description = "Reads configuration files as the daemon would; touches nothing else.")
  int config(
      @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files, @Mixin Output output) {
    StringBuilder people = new StringBuilder();
    List<JsonValue> problems = new ArrayList<>();
    for (Path file : files) {
      Configuration configuration = ConfigReader.read(file);
      ConfigFile.Read read = ConfigFile.read(configuration);
      Check.providers(configuration, read.config());
      configuration.problems().list().forEach(problem -> problems.add(json(problem)));
      people.append(
          configuration.problems().isEmpty()
              ? Text.line(file.toString()) + ": ok; " + Check.clocks(read.config()) + "\n"
              : Text.plain(configuration.problems().text()));
    }
    output.print(
        Json.object().put("v", 1).put("problems", Json.array(problems)).build(),
        new Output.Shape(
            _ -> people.toString(), COLUMNS, answer -> Answers.list(answer, "problems")));
    return problems.isEmpty() ? 0 : 1;
  }

  /** A place of 0 is none: the problem is with the whole file. */
  private static JsonObject json(Problem problem) {
    return Json.object()
        .put("file", problem.place().file())
        .put("line", problem.place().line())
        .put("column", problem.place().column())
        .put("key", problem.key())
        .put("expected", problem.expected())
        .put("found", problem.found())
        .put("nearest", problem.nearest())
        .build();
  }
}
