package dev.reeve.demo;

import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole circle on this machine, without a GPU. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Makes a small world on this machine and lets Reeve judge it; needs no GPU.")
final class DemoCommand implements Callable<Integer> {
  /** Evidence minutes after which it gives up; it ends sooner when all has happened. */
  private static final double ENOUGH = 95;

  @Option(names = "--once", description = "ends by itself; exit 0 if exactly the right were ended")
  private boolean once;

  @Option(names = "--fast", description = "like --once, within about 15 seconds")
  private boolean fast;

  @Option(names = "--keep", description = "leaves the demonstration's folder behind")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("reeve-demo");
    Ticker world = new BootTicker(BootClock::nanos);
    double speed = fast ? 400 : 70;
    int port = freePort();
    try (World made = new World(folder, speed, world)) {
      Thread stop = new Thread(made::close, "end of the demonstration");
      Runtime.getRuntime().addShutdownHook(stop);
      made.start();
      Path config = folder.resolve("reeve.yaml");
      String text = config(folder, made, speed, port);
      Files.writeString(config, text);
      System.out.println(text);
      System.out.println("The page of this Reeve: http://127.0.0.1:" + port + "/\n");
      try (DaemonProcess daemon = new DaemonProcess(config, folder.resolve("reeve.log"), port)) {
        Story story = new Story(made, daemon);
        while ((once || fast) ? made.minute() < ENOUGH && !story.over() : daemon.alive()) {
          world.sleep(java.time.Duration.ofMillis(fast ? 100 : 300));
          made.lists();
          story.goOn();
        }
        return story.end(folder.resolve("state").resolve("journal")) ? 0 : 1;
      }
    } finally {
      if (!keep) {
        remove(folder);
      }
    }
  }

  private String config(Path folder, World made, double speed, int port) {
    String interval = fast ? "60s" : "30s";
    String base = "http://127.0.0.1:" + made.port();
    return """
    # An act-mode configuration. Of this demonstration only: it acts on nothing but processes that
    # carry REEVE_DEMO=%1$s, and reads no exporter but its own.
    mode: act
    state_dir: %2$s/state
    runtime_dir: %2$s/run
    # The evidence clock (samples, spans, notices, cooldowns, budgets) runs %3$.0f times as fast as the
    # world; the world clock (call deadlines, grace, fsync) is never sped up.
    clock: {evidence_speed: %3$.0f}
    cycle: %4$s
    http: {listen: "127.0.0.1:%5$d"}
    guard: {budget: {actions: 2, per: 10m}, cooldown: 1h}
    collectors:
      dcgm: {urls: ["%6$s/metrics", "%8$s/metrics"], interval: %4$s}
      nvidia_smi: {program: %7$s, interval: %4$s, telemetry: false, container_is_node: true}
    actions:
      process: {grace: 2s, only_environment: ["REEVE_DEMO=%1$s"], nvidia_smi: %7$s, container_is_node: true}
    notifiers:
      webhook: {url: "%6$s/hook"}
    """
        .formatted(
            made.nonce,
            folder,
            speed,
            interval,
            port,
            base,
            made.smi(),
            "http://127.0.0.1:" + made.secondPort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
