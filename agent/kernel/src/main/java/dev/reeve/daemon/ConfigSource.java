package dev.reeve.daemon;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.ReeveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where the configuration came from, to be read again.
 *
 * @param file empty where nothing was configured
 * @param providers lets every provider read its section, and starts nothing
 */
public record ConfigSource(Optional<Path> file, BiConsumer<Configuration, ReeveConfig> providers) {
  /** Of a daemon without a file. */
  public static final ConfigSource NONE = new ConfigSource(Optional.empty());

  /** Read by the providers that are installed. */
  public ConfigSource(Optional<Path> file) {
    this(file, Check::providers);
  }

  Configuration read() {
    return file.map(ConfigReader::read).orElseGet(ConfigReader::nothing);
  }

  /** Equal as long as the file says the same. */
  String fingerprint() {
    if (file.isEmpty()) {
      return "";
    }
    try {
      byte[] bytes = Files.readAllBytes(file.get());
      return bytes.length + " " + Arrays.hashCode(bytes);
    } catch (IOException unreadable) {
      return "unreadable";
    }
  }
}
