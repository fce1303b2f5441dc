package dev.reeve.rules.yaml;

import dev.reeve.json.Json;
import picocli.CommandLine.Command;

/** What files may hold, for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints the JSON Schema of a file that Reeve reads.")
final class SchemaCommand {
  @Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description = "Prints the JSON Schema (draft 2020-12) of rule files.")
  int rules() {
    System.out.println(Json.write(RuleSchema.json()));
    return 0;
  }
}
