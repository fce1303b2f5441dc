package dev.reeve.cli;

import dev.reeve.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets steps go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets steps go on after 'reeve pause'.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin private Asking asking = new Asking();

  @Override
  public Integer call() throws Exception {
    JsonObject answer = asking.ask("resume");
    boolean paused = answer.bool("paused").orElse(false);
    if (asking.json()) {
      Asking.print(answer);
    } else if (paused) {
      System.out.println("still held: " + Text.cell(Answers.text(answer, "reason")));
    } else {
      System.out.println("goes on");
    }
    return paused ? 1 : 0;
  }
}
