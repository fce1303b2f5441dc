package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stop button. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Holds all harming steps, at once and across restarts, until 'reeve resume'.")
final class PauseCommand implements Callable<Integer> {
  @Mixin private Asking asking = new Asking();

  @Option(
      names = {"-r", "--reason"},
      required = true,
      description = "why, for whoever wonders later")
  private String reason = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "ends by itself after this time, such as 2h")
  private String time = "";

  @Option(names = "--all", description = "holds restoring steps as well")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    JsonObjectBuilder arguments = Json.object().put("reason", reason).put("all", all);
    if (!time.isEmpty()) {
      arguments.put("for", time);
    }
    JsonObject answer = asking.ask("pause", arguments.build());
    if (asking.json()) {
      Asking.print(answer);
    } else {
      System.out.println("paused: " + Text.cell(Answers.text(answer, "reason")));
    }
    return 0;
  }
}
