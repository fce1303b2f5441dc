package dev.reeve.daemon;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the configuration came from, to be read again.
 *
 * @param file empty where nothing was configured
 */
public record ConfigSource(Optional<Path> file) {
  /** Of a daemon without a file. */
  public static final ConfigSource NONE = new ConfigSource(Optional.empty());

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
