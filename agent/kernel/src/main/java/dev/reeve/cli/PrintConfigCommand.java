package dev.reeve.cli;

import dev.reeve.config.Configuration;
import dev.reeve.config.Setting;
import dev.reeve.daemon.Check;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration as it holds. */
@Command(
    name = "print-config",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the configuration as it holds, with defaults; secrets are masked.",
      "Without -o it is a file that reads as the same again; with -o a list of its keys, each with"
          + " its origin."
    })
final class PrintConfigCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      new Output.Shape(
          _ -> "",
          List.of("key", "value", "origin", "type"),
          answer -> Answers.list(answer, "settings"));

  @Mixin private ConfigFile file = new ConfigFile();

  @Option(names = "--origin", description = "says where each value comes from")
  private boolean origin;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ConfigFile.Read read = file.read();
    Configuration configuration = read.configuration();
    Check.providers(configuration, read.config());
    if (output.format() == Output.Format.TABLE) {
      System.out.println("# " + Check.clocks(read.config()));
      System.out.print(Text.plain(configuration.yaml(origin)));
    } else {
      output.print(json(configuration), SHAPE);
    }
    if (!configuration.problems().isEmpty()) {
      System.err.print(Text.plain(configuration.problems().text()));
      return 1;
    }
    return 0;
  }

  private static JsonObject json(Configuration configuration) {
    return Json.object()
        .put("v", 1)
        .put("ok", configuration.problems().isEmpty())
        .put(
            "settings",
            Json.array(configuration.settings().stream().map(PrintConfigCommand::json).toList()))
        .build();
  }

  /** Without a value where none was written and there is no default. */
  private static JsonObject json(Setting setting) {
    JsonObjectBuilder json = Json.object().put("key", setting.path());
    if (!setting.value().isEmpty()) {
      json.put("value", setting.value());
    }
    return json.put("origin", setting.origin())
        .put("type", setting.type())
        .put("secret", setting.secret())
        .build();
  }
}
