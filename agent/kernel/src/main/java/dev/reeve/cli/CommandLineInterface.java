package dev.reeve.cli;

import dev.reeve.spi.CommandProvider;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The launcher's verbs. */
public final class CommandLineInterface {
  private CommandLineInterface() {}

  @Command(
      name = "reeve",
      description = "Keeps GPU fleets from wasting money.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      subcommands = {
        RunCommand.class,
        ScanCommand.class,
        StatusCommand.class,
        PlanCommand.class,
        ExplainCommand.class,
        ApproveCommand.class,
        DenyCommand.class,
        SnoozeCommand.class,
        UnmuteCommand.class,
        PauseCommand.class,
        ResumeCommand.class,
        ReloadCommand.class,
        JournalCommand.class,
        CheckCommand.class,
        BacktestCommand.class,
        TestCommand.class,
        PrintConfigCommand.class,
        CompletionCommand.class,
        WarmUpCommand.class,
      })
  private static final class Root {}

  /**
   * Runs one command.
   *
   * @return the exit code: 0 yes, 1 the answer is no, 2 wrong usage, 69 no daemon answers, 78 the
   *     configuration was refused
   */
  public static int run(String... arguments) {
    LogLines.install();
    CommandLine line = new CommandLine(new Root());
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      CommandLine parent = line.getSubcommands().getOrDefault(provider.parent(), line);
      parent.addSubcommand(provider.command());
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    if (arguments.length == 0) {
      line.usage(System.out);
      return 0;
    }
    return line.execute(arguments);
  }
}
