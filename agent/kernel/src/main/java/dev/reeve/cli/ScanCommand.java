package dev.reeve.cli;

import dev.reeve.daemon.Scan;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonString;
import dev.reeve.json.JsonValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is here, without a daemon; nothing is written. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Looks once at what is here, whose it is and what it costs; needs no daemon.")
final class ScanCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      new Output.Shape(
          ScanCommand::text, StatusCommand.COLUMNS, answer -> Answers.list(answer, "gpus"));

  @Mixin private ConfigFile file = new ConfigFile();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Exception {
    ConfigFile.Read read = file.read();
    Scan.Result result = Scan.once(read.configuration(), read.config());
    if (!read.configuration().problems().isEmpty()) {
      System.err.print(Text.plain(read.configuration().problems().text()));
      return Failures.CONFIGURATION;
    }
    output.print(result.json(), SHAPE);
    return 0;
  }

  private static String text(JsonObject answer) {
    StringBuilder out = new StringBuilder(StatusCommand.gpus(answer));
    for (JsonValue note : answer.array("notes").orElse(Json.array())) {
      if (note instanceof JsonString(String text)) {
        out.append(Text.cell(text)).append('\n');
      }
    }
    return out.toString();
  }
}
