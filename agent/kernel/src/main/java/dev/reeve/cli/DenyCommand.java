package dev.reeve.cli;

import dev.reeve.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that nothing is to be done about what a plan answers. */
@Command(
    name = "deny",
    mixinStandardHelpOptions = true,
    description =
        "Nothing is done about this finding, whatever mode and rule say, until it is over.")
final class DenyCommand implements Callable<Integer> {
  private static final Output.Shape SHAPE =
      Output.Shape.single(
          answer -> "denied: " + Text.cell(Answers.text(answer, "plan")) + "\n", "plan", "answer");

  @Mixin private Asking asking = new Asking();

  @Parameters(paramLabel = "PLAN", description = "its id, as 'reeve plan' shows it")
  private String plan = "";

  @Option(
      names = {"-r", "--reason"},
      required = true,
      description = "why, for whoever wonders later")
  private String reason = "";

  @Override
  public Integer call() throws Exception {
    asking.print(
        asking.ask("deny", Json.object().put("plan", plan).put("reason", reason).build()), SHAPE);
    return 0;
  }
}
