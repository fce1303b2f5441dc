package dev.reeve.rules.diff;

import dev.reeve.cli.Output;
import dev.reeve.cli.Text;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.json.JsonValue;
import dev.reeve.rules.yaml.RuleSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two sets of files side by side. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says in words what changed between two rule files or folders, each beside the shipped"
          + " rules, and what a reload would do with it. Compares what the files mean: layout,"
          + " comments and names of files do not count. Runs nothing and asks nobody.",
      "Exit code: 0 nothing differs, 1 something does, 2 wrong usage or files that do not load."
    })
final class RulesDiffCommand implements Callable<Integer> {
  private static final int TROUBLE = 2;

  private static final Output.Shape SHAPE =
      new Output.Shape(
          _ -> "",
          List.of("rule", "change", "class", "what", "before", "after", "text", "reload"),
          RulesDiffCommand::rows);

  @Parameters(index = "0", paramLabel = "OLD", description = "a file or a folder")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "a file or a folder")
  private Path after = Path.of("");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    RuleSources.Loaded was = read(before);
    RuleSources.Loaded is = read(after);
    if (!was.ok() || !is.ok()) {
      System.err.print(Text.plain((was.ok() ? "" : was.report()) + (is.ok() ? "" : is.report())));
      return TROUBLE;
    }
    SetDiff diff = SetDiff.between(was, is);
    if (output.format() == Output.Format.TABLE) {
      System.out.print(Text.plain(diff.text()));
    } else {
      output.print(diff.json(), SHAPE);
    }
    return diff.isEmpty() ? 0 : 1;
  }

  /** A folder without any is one that says nothing: the shipped rules alone. */
  private static RuleSources.Loaded read(Path path) {
    return Files.isDirectory(path) && RuleSources.none(path)
        ? RuleSources.shipped()
        : RuleSources.read(List.of(path), false);
  }

  /** One for each difference, and one for a rule that differs as a whole. */
  private static List<JsonObject> rows(JsonObject answer) {
    List<JsonObject> rows = new ArrayList<>();
    for (JsonValue value : answer.array("rules").orElseThrow()) {
      if (value instanceof JsonObject rule) {
        List<JsonObject> differences = new ArrayList<>();
        for (JsonValue one : rule.array("differences").orElseThrow()) {
          if (one instanceof JsonObject difference) {
            differences.add(difference);
          }
        }
        if (differences.isEmpty()) {
          rows.add(rule);
        }
        differences.forEach(difference -> rows.add(row(rule, difference)));
      }
    }
    return rows;
  }

  private static JsonObject row(JsonObject rule, JsonObject difference) {
    JsonObjectBuilder row = Json.object();
    for (String name : List.of("rule", "change", "reload")) {
      row.put(name, rule.text(name).orElse(""));
    }
    difference.members().forEach(row::put);
    return row.build();
  }
}
