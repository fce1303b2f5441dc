package dev.reeve.cli;

import dev.reeve.config.Quantities;
import dev.reeve.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for time. */
@Command(
    name = "snooze",
    mixinStandardHelpOptions = true,
    description = "Nothing is done about this finding for a time, so often as guard.snooze allows.")
final class SnoozeCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      Output.Shape.single(
          answer ->
              "snoozed for "
                  + Answers.seconds(answer, "for_seconds")
                  + ": "
                  + Text.cell(Answers.text(answer, "plan"))
                  + "\n",
          "plan",
          "answer",
          "for_seconds",
          "times_left");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private Asking asking = new Asking();

  @Parameters(paramLabel = "PLAN", description = "id of a plan or an episode")
  private String plan = "";

  @Option(names = "--for", paramLabel = "TIME", required = true, description = "such as 2h")
  private String time = "";

  @Option(
      names = {"-r", "--reason"},
      description = "why, for whoever wonders later")
  private String reason = "";

  @Override
  public Integer call() throws Exception {
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
    asking.print(
        asking.ask(
            "snooze",
            Json.object()
                .put("plan", plan)
                .put("seconds", given.toSeconds())
                .put("reason", reason)
                .build()),
        SHAPE);
    return 0;
  }
}
