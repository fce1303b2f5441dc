package dev.reeve.simulation;

import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.config.Host;
import dev.reeve.config.ReeveConfig;
import dev.reeve.guard.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration file of the simulated daemon. */
record SimConfig(Path folder) {
  private static final Host HOST = new Host("sim", true, Map.of());

  /** Somebody writes another mode into it. */
  void write(Mode mode) {
    String urls =
        IntStream.range(0, Exporters.MANY)
            .mapToObj(i -> "\"http://sim:" + (Exporters.FIRST_PORT + i) + "/metrics\"")
            .collect(Collectors.joining(", "));
    String text =
        """
        mode: %s
        state_dir: %s
        runtime_dir: %s
        cycle: 60s
        http: {enabled: false}
        history: {enabled: false}
        journal: {segment_size: 32KiB}
        guard:
          budget: {actions: %d, per: 1h}
          cooldown: 3h
          min_notice: 15m
          protect: ["node/*/process/keep-*"]
        collectors:
          dcgm: {urls: [%s], interval: 60s}
          nvidia_smi: {interval: 60s}
        actions:
          process: {grace: 20s, other_users: true}
        """
            .formatted(mode.text(), folder, folder, Oracle.BUDGET, urls);
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return folder.resolve("reeve.yaml");
  }

  Configuration read() {
    return ConfigReader.read(file());
  }

  static ReeveConfig kernel(Configuration configuration) {
    return ReeveConfig.read(configuration.root(), HOST);
  }
}
