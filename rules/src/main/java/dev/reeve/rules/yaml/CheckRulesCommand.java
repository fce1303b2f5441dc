package dev.reeve.rules.yaml;

import dev.reeve.cli.Text;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import dev.reeve.model.ConditionText;
import dev.reeve.model.Pattern;
import dev.reeve.model.Rule;
import dev.reeve.model.Rung;
import dev.reeve.model.Spans;
import dev.reeve.rules.RuleCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The reader itself, all problems at once. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Reads rule files, and the *.yaml and *.drl files of folders, as the daemon would, beside the"
          + " shipped rules. Runs nothing and asks nobody.",
      "Exit code: 0 right (warnings do not count), 1 wrong, 2 wrong usage."
    })
final class CheckRulesCommand implements Callable<Integer> {
  /** How it is printed. */
  enum Format {
    TABLE,
    JSON
  }

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders")
  private List<Path> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table (default) or json")
  private Format format = Format.TABLE;

  @Option(
      names = "--ignore-permissions",
      description = "for files that the daemon does not read yet: a checkout, a build")
  private boolean ignorePermissions;

  @Option(
      names = "--compile",
      description =
          "compiles them too, and runs each rule alone on made-up facts, in a process without a"
              + " network")
  private boolean compile;

  @Override
  public Integer call() throws IOException {
    RuleSources.Loaded set = RuleSources.read(paths, !ignorePermissions);
    String refused =
        compile && set.ok()
            ? RuleCheck.compile(RuleSources.texts(paths, !ignorePermissions).byPath())
            : "";
    if (format == Format.JSON) {
      System.out.println(Json.write(json(set, refused)));
    } else {
      System.out.print(Text.plain(refused + text(set)));
    }
    return set.ok() && refused.isEmpty() ? 0 : 1;
  }

  private static JsonObject json(RuleSources.Loaded set, String refused) {
    JsonObject json = json(set);
    if (refused.isEmpty()) {
      return json;
    }
    JsonObjectBuilder all = Json.object();
    json.members().forEach(all::put);
    return all.put("ok", false).put("refused", refused).build();
  }

  static String text(RuleSources.Loaded set) {
    StringBuilder text = new StringBuilder(set.report());
    if (set.ok()) {
      text.append(Text.table(List.of("RULE", "VERSION", "PACK", "MODE", "LADDER"), rows(set)));
      text.append('\n');
    }
    int errors = set.problems().errors().size();
    int warnings = set.problems().warnings().size();
    return text.append(set.rules().size())
        .append(" rules, ")
        .append(errors)
        .append(" errors, ")
        .append(warnings)
        .append(" warnings\n")
        .toString();
  }

  private static List<List<String>> rows(RuleSources.Loaded set) {
    List<List<String>> rows = new ArrayList<>();
    for (Rule rule : set.rules()) {
      rows.add(
          List.of(
              rule.id(),
              String.valueOf(rule.version()),
              rule.card().pack(),
              rule.mode().text(),
              rule.ladder().stream()
                  .map(CheckRulesCommand::step)
                  .collect(Collectors.joining(", "))));
    }
    set.off().forEach(id -> rows.add(List.of(id, "", "", "off", "")));
    return rows;
  }

  private static String step(Rung rung) {
    String verb = rung.remedy().acts() ? rung.remedy().verb() : "warn";
    return verb + " at " + Spans.text(rung.after());
  }

  static JsonObject json(RuleSources.Loaded set) {
    return Json.object()
        .put("v", 1)
        .put("ok", set.ok())
        .put("problems", set.problems().json())
        .put("rules", Json.array(set.rules().stream().map(CheckRulesCommand::json).toList()))
        .put("off", Json.texts(set.off()))
        .build();
  }

  private static JsonObject json(Rule rule) {
    return Json.object()
        .put("id", rule.id())
        .put("version", rule.version())
        .put("title", rule.title())
        .put("severity", rule.severity().text())
        .put("status", rule.card().status().text())
        .put("mode", rule.mode().text())
        .put("pack", rule.card().pack())
        .put("owner", rule.card().owner())
        .put("runbook", rule.card().runbook())
        .put("risk", rule.card().risk())
        .put("false_positives", Json.texts(rule.card().falsePositives()))
        .put("subjects", Json.array(rule.patterns().stream().map(CheckRulesCommand::json).toList()))
        .put("target", rule.target())
        .put("ladder", Json.texts(rule.ladder().stream().map(CheckRulesCommand::step).toList()))
        .put("acts_on", Json.texts(rule.actsOn().stream().map(kind -> kind.text()).toList()))
        .put("min_notice", Spans.text(rule.minNotice()))
        .build();
  }

  private static JsonObject json(Pattern pattern) {
    return Json.object()
        .put("as", pattern.alias())
        .put(pattern.exists() ? "exists" : "is", pattern.kind().text())
        .put(
            "join",
            pattern
                .join()
                .map(
                    join ->
                        pattern.alias()
                            + "."
                            + join.mine().text()
                            + " == "
                            + join.alias()
                            + "."
                            + join.theirs().text())
                .orElse(""))
        .put("when", ConditionText.of(pattern.condition()))
        .build();
  }
}
