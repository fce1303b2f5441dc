package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.daemon.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the configuration. */
public final class ConfigFile {
  private static final Path USUAL = Path.of("/etc/reeve/reeve.yaml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "configuration; /etc/reeve/reeve.yaml if it is there, else defaults")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

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

  /** Where it is read from, to be read again. */
  ConfigSource source() {
    if (file != null) {
      return new ConfigSource(Optional.of(file));
    }
    return Files.exists(USUAL) ? new ConfigSource(Optional.of(USUAL)) : ConfigSource.NONE;
  }

  /**
   * The same for who asks a running daemon: a mistake in the file must not keep an operator from
   * the stop button, but a file that is not there would ask another daemon than was meant.
   */
  Read readable() {
    if (file != null && !Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
    Read read = read();
    if (!read.configuration().problems().isEmpty()) {
      System.err.print(Text.plain(read.configuration().problems().text()));
    }
    return read;
  }

  static Read read(Configuration configuration) {
    return new Read(configuration, ReeveConfig.read(configuration.root(), Host.current()));
  }
}
