package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.daemon.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The loader itself, all problems at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with what the daemon would load.")
final class CheckCommand {
  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      description = "Reads configuration files as the daemon would; touches nothing else.")
  int config(
      @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files,
      @Option(
              names = {"-o", "--output"},
              description = "table or json",
              defaultValue = "table")
          Asking.Format format) {
    List<String> texts = new ArrayList<>();
    boolean wrong = false;
    for (Path file : files) {
      Configuration configuration = ConfigReader.read(file);
      ConfigFile.Read read = ConfigFile.read(configuration);
      Check.providers(configuration, read.config());
      wrong |= !configuration.problems().isEmpty();
      if (format == Asking.Format.JSON) {
        texts.add(configuration.problems().json());
      } else if (configuration.problems().isEmpty()) {
        texts.add(file + ": ok; " + Check.clocks(read.config()) + "\n");
      } else {
        texts.add(Text.plain(configuration.problems().text()));
      }
    }
    texts.forEach(System.out::print);
    return wrong ? 1 : 0;
  }
}
