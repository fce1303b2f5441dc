package dev.reeve.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What defaults depend on.
 *
 * @param name of this machine
 * @param root whether this process may do everything
 * @param environment the variables of this process
 */
public record Host(String name, boolean root, Map<String, String> environment) {
  public Host {
    environment = Map.copyOf(environment);
  }

  /** This machine and process. Asks no name server. */
  public static Host current() {
    return new Host(hostName(), isRoot(), System.getenv());
  }

  /** A variable's value; empty where it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return System.getProperty("user.name").equals("root");
    }
  }
}
