package dev.reeve.cli;

import dev.reeve.daemon.Scan;
import dev.reeve.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is here, without a daemon; nothing is written. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Looks once at what is here, whose it is and what it costs; needs no daemon.")
final class ScanCommand implements Callable<Integer> {
  @Mixin private ConfigFile file = new ConfigFile();

  @Option(
      names = {"-o", "--output"},
      description = "table (default) or json")
  private Asking.Format format = Asking.Format.TABLE;

  @Override
  public Integer call() throws Exception {
    ConfigFile.Read read = file.read();
    Scan.Result result = Scan.once(read.configuration(), read.config());
    if (!read.configuration().problems().isEmpty()) {
      System.err.print(Text.plain(read.configuration().problems().text()));
      return Failures.CONFIGURATION;
    }
    if (format == Asking.Format.JSON) {
      System.out.println(Json.write(result.json()));
      return 0;
    }
    System.out.print(StatusCommand.gpus(result.json()));
    result.notes().forEach(note -> System.out.println(Text.cell(note)));
    return 0;
  }
}
