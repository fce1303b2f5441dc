package dev.reeve.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The daemon as a process of its own, started as the launcher starts it. */
final class DaemonProcess implements Ending.Started {
  private final Path config;
  private final Path log;
  private final int port;
  private final Map<String, String> environment = new TreeMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private volatile Process process;

  DaemonProcess(Path config, Path log, int port) throws IOException {
    this(config, log, port, Map.of());
  }

  /** Starts it with variables of its own, which only its first life sees. */
  DaemonProcess(Path config, Path log, int port, Map<String, String> environment)
      throws IOException {
    this.config = config;
    this.log = log;
    this.port = port;
    this.environment.putAll(environment);
    this.process = start();
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dvertx.disableFileCaching=true",
            "-Dvertx.disableFileCPResolving=true",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.reeve.Main",
            "run",
            "--config",
            config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** How it ended; only of one that has. */
  int exitCode() {
    return process.exitValue();
  }

  /** As a crash would end it; {@link #restart} goes on from what is on disk. */
  void kill9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart(Map<String, String> variables) throws IOException {
    environment.clear();
    environment.putAll(variables);
    process = start();
  }

  /** What the daemon answers at a path; empty text while it does not. */
  String get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(3))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException notYet) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
