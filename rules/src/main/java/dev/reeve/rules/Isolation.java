package dev.reeve.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a process is cut off from all networks.
 *
 * @param command what stands before its own command; empty where it cannot be cut off
 * @param words for people
 */
record Isolation(List<String> command, String words) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final List<Path> UNSHARE =
      List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));

  /** Tries what this machine allows: by right, else through a namespace of users. */
  static Isolation find() {
    for (Path unshare : UNSHARE) {
      if (Files.isExecutable(unshare)) {
        return with(unshare);
      }
    }
    return new Isolation(List.of(), "not isolated from networks: unshare is not installed");
  }

  private static Isolation with(Path unshare) {
    String found = "";
    for (List<String> options : List.of(List.of("--net"), List.of("--user", "--net"))) {
      List<String> command = new ArrayList<>(List.of(unshare.toString()));
      command.addAll(options);
      command.add("--");
      found = tried(command);
      if (found.isEmpty()) {
        return new Isolation(List.copyOf(command), "isolated: in an empty network namespace");
      }
    }
    return new Isolation(List.of(), "not isolated from networks: " + found);
  }

  /** Why it does not work; empty where it does. */
  private static String tried(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.add("/bin/true");
    try {
      ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
      builder.environment().clear();
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "unshare does not answer";
      }
      if (process.exitValue() == 0) {
        return "";
      }
      String said =
          new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unshare ended with " + process.exitValue() : said;
    } catch (IOException failure) {
      return String.valueOf(failure.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
