package dev.reeve.cli;

import dev.reeve.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets steps go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets steps go on after 'reeve pause'.")
final class ResumeCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      new Output.Shape(ResumeCommand::text, PauseCommand.COLUMNS, List::of);

  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    JsonObject answer = asking.ask("resume");
    boolean paused = answer.bool("paused").orElse(false);
    asking.print(answer, SHAPE);
    return paused ? 1 : 0;
  }

  private static String text(JsonObject answer) {
    return answer.bool("paused").orElse(false)
        ? "still held: " + Text.cell(Answers.text(answer, "reason")) + "\n"
        : "goes on\n";
  }
}
