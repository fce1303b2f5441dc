package dev.reeve.linux;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of these tests in a JVM of its own, if need be as another user. */
final class PeerChild {
  private PeerChild() {}

  static Process start(String uid, Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    if (!uid.isEmpty()) {
      command.addAll(List.of("setpriv", "--reuid=" + uid, "--clear-groups"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path").replace(File.pathSeparator + ".", ""));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static String firstLine(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      return String.valueOf(reader.readLine());
    }
  }
}
