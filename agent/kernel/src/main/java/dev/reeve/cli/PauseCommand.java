package dev.reeve.cli;

import dev.reeve.config.Quantities;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The stop button. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Holds all harming steps, at once and across restarts, until 'reeve resume'.")
final class PauseCommand implements Callable<Integer> {
  static final List<String> COLUMNS = List.of("paused", "reason");

  private static final Output.Shape SHAPE = new Output.Shape(PauseCommand::text, COLUMNS, List::of);

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

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
      Duration given =
          Quantities.time(time)
              .filter(span -> span.toSeconds() > 0)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "expected a time of a second or more after --for, such as 2h, not '"
                              + time
                              + "'"));
      arguments.put("seconds", given.toSeconds());
    }
    asking.print(asking.ask("pause", arguments.build()), SHAPE);
    return 0;
  }

  private static String text(JsonObject answer) {
    return "paused: " + Text.cell(Answers.text(answer, "reason")) + "\n";
  }
}
