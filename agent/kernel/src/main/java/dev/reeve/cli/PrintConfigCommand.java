package dev.reeve.cli;

import dev.reeve.daemon.Check;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration as it holds. */
@Command(
    name = "print-config",
    mixinStandardHelpOptions = true,
    description = "Prints the configuration as it holds, with defaults; secrets are masked.")
final class PrintConfigCommand implements Callable<Integer> {
  @Mixin private ConfigFile file = new ConfigFile();

  @Option(names = "--origin", description = "says where each value comes from")
  private boolean origin;

  @Override
  public Integer call() {
    ConfigFile.Read read = file.read();
    Check.providers(read.configuration(), read.config());
    System.out.println("# " + Check.clocks(read.config()));
    System.out.print(Text.plain(read.configuration().yaml(origin)));
    if (!read.configuration().problems().isEmpty()) {
      System.err.print(Text.plain(read.configuration().problems().text()));
      return 1;
    }
    return 0;
  }
}
