package dev.reeve.cli;

import dev.reeve.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a rule act again whose actions did not help. */
@Command(
    name = "unmute",
    mixinStandardHelpOptions = true,
    description = "Lets a rule act again that only warns because its actions did not help.")
final class UnmuteCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      Output.Shape.single(
          answer -> "unmuted: " + Text.cell(Answers.text(answer, "rule")) + "\n", "rule", "answer");

  @Mixin private Asking asking = new Asking();

  @Parameters(paramLabel = "RULE", description = "its id, as 'reeve status' shows it")
  private String rule = "";

  @Override
  public Integer call() throws Exception {
    asking.print(asking.ask("unmute", Json.object().put("rule", rule).build()), SHAPE);
    return 0;
  }
}
