package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
public final class ConfigFile {
  private static final Path USUAL = Path.of("/etc/reeve/reeve.yaml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "configuration; /etc/reeve/reeve.yaml if it is there, else defaults")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  /** What was read, with its problems. */
  public record Read(Configuration configuration, ReeveConfig config) {}

  /** Reads the file that was named, or the usual one; without either all keys have defaults. */
  public Read read() {
    Configuration configuration;
    if (file != null) {
      configuration = ConfigReader.read(file);
    } else if (Files.exists(USUAL)) {
      configuration = ConfigReader.read(USUAL);
    } else {
      configuration = ConfigReader.nothing();
    }
    return read(configuration);
  }

  static Read read(Configuration configuration) {
    return new Read(configuration, ReeveConfig.read(configuration.root(), Host.current()));
  }
}
