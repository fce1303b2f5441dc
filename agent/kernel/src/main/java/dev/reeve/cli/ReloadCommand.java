package dev.reeve.cli;

import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes up changed rules and configuration. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Takes up changed rules, and the configuration's mode and guards, without a restart; the"
          + " daemon does so by itself when it sees that a file changed.",
      "Exit code: 0 all of it is in force, 1 something does not load, and the last good rules"
          + " judge."
    })
final class ReloadCommand implements Callable<Integer> {
  /** A compiler may take a minute before it is ended, twice where a file is broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final Output.Shape SHAPE =
      Output.Shape.single(
          ReloadCommand::text,
          "ok",
          "mode",
          "hash",
          "count",
          "problem",
          "standing",
          "config_problem",
          "millis");

  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    JsonObject answer = asking.ask("reload", Json.object().build(), PATIENCE);
    asking.print(answer, SHAPE);
    return answer.bool("ok").orElse(false) ? 0 : 1;
  }

  static String text(JsonObject answer) {
    StringBuilder out = new StringBuilder();
    String problem = answer.text("problem").orElse("");
    String config = answer.text("config_problem").orElse("");
    if (!problem.isEmpty()) {
      out.append(Text.plain(problem)).append('\n');
    }
    if (!config.isEmpty()) {
      out.append(Text.plain(config)).append('\n');
    }
    String standing = answer.text("standing").orElse("");
    out.append(standing.isEmpty() ? "" : Text.cell(standing) + "; ")
        .append("in force: ")
        .append(answer.whole("count").orElse(0))
        .append(" rules, mode ")
        .append(Answers.text(answer, "mode"))
        .append(", set ")
        .append(Text.cell(Answers.text(answer, "hash")))
        .append('\n');
    out.append(Answers.tests(answer));
    out.append(Answers.limits(answer));
    if (answer.array("waiting_for_restart").filter(keys -> keys.size() > 0).isPresent()) {
      out.append("waits for a restart: ")
          .append(Text.cell(Answers.texts(answer, "waiting_for_restart")))
          .append('\n');
    }
    return out.toString();
  }
}
