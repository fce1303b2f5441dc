package dev.reeve.cli;

import dev.reeve.config.ConfigReader;
import dev.reeve.daemon.ConfigSource;
import dev.reeve.daemon.Daemon;
import dev.reeve.recording.Recorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Lives a few seconds of a daemon's life, so that a start-up archive can be made of it. */
@Command(name = "warm-up", hidden = true, description = "Loads what a start loads.")
final class WarmUpCommand implements Callable<Integer> {
  private static final int PAUSE_MILLIS = 800;
  private static final int ROUNDS = 3;
  private static final String EXPORTER =
      """
      # TYPE DCGM_FI_DEV_GPU_UTIL gauge
      DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-0",modelName="none",Hostname="warm-up"} 1
      # TYPE DCGM_FI_DEV_POWER_USAGE gauge
      DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-0",modelName="none",Hostname="warm-up"} 60.5
      # TYPE DCGM_FI_PROF_GR_ENGINE_ACTIVE gauge
      DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-0",modelName="none",Hostname="warm-up"} 0.01
      """;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("reeve-warm-up");
    try (ServerSocket exporter = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().name("warm-up exporter").start(() -> serve(exporter));
      String text =
          """
          state_dir: %1$s/state
          runtime_dir: %1$s/run
          http: {listen: "127.0.0.1:0"}
          cycle: 1s
          collectors: {dcgm: {urls: ["http://127.0.0.1:%2$d/metrics"], interval: 1s}}
          """
              .formatted(folder, exporter.getLocalPort());
      ConfigFile.Read read =
          ConfigFile.read(ConfigReader.parse(folder.resolve("reeve.yaml"), text));
      try (Daemon daemon =
          Daemon.start(
              new Daemon.Read(read.config(), read.configuration(), ConfigSource.NONE),
              Version.text(),
              new EndOfProcess(),
              Recorder.NONE)) {
        for (int i = 0; i < ROUNDS; i++) {
          Thread.sleep(PAUSE_MILLIS);
          get(daemon.address(), "readyz");
          get(daemon.address(), "metrics");
        }
        return daemon.address().isEmpty() ? 1 : 0;
      }
    } finally {
      remove(folder);
    }
  }

  /** Gives every client the same few readings, until the socket is closed. */
  private static void serve(ServerSocket exporter) {
    byte[] answer =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                + EXPORTER.length()
                + "\r\n\r\n"
                + EXPORTER)
            .getBytes(StandardCharsets.US_ASCII);
    while (!exporter.isClosed()) {
      try (Socket client = exporter.accept()) {
        // one read takes in a request without a body
        if (client.getInputStream().read(new byte[8 * 1024]) > 0) {
          client.getOutputStream().write(answer);
        }
      } catch (IOException _) {
        // the next client, or the end
      }
    }
  }

  private static void get(String address, String page) throws IOException {
    URI uri = URI.create(address);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(page, uri.getAuthority())
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
