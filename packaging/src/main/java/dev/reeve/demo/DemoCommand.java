package dev.reeve.demo;

import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
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

  private static final String PRICES =
      "gpu,price_per_gpu_hour,currency,date\nH100,2.50,USD,2026-11\n";

  @Option(names = "--once", description = "ends by itself; exit 0 if exactly the right were ended")
  private boolean once;

  @Option(names = "--fast", description = "like --once, within about 15 seconds")
  private boolean fast;

  @Option(names = "--keep", description = "leaves the demonstration's folder behind")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where the page is served; a free port if not set")
  private int port;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("reeve-demo");
    Ending ending = new Ending(folder, keep);
    Thread hook = new Thread(ending::close, "end of the demonstration");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return live(folder, ending) ? 0 : 1;
    } finally {
      ending.close();
    }
  }

  private boolean live(Path folder, Ending ending) throws IOException, InterruptedException {
    Ticker world = new BootTicker(BootClock::nanos);
    double speed = fast ? 400 : 70;
    World made = ending.with(new World(folder, speed, world));
    made.start();
    Path config = folder.resolve("reeve.yaml");
    Path log = folder.resolve("reeve.log");
    int page = port > 0 ? port : freePort();
    Files.writeString(folder.resolve("prices.csv"), PRICES);
    String text = config(folder, made, speed, page);
    Files.writeString(config, text);
    System.out.println(text);
    System.out.println("The page of this Reeve: http://127.0.0.1:" + page + "/\n");
    DaemonProcess daemon = ending.with(new DaemonProcess(config, log, page));
    Story story = new Story(made, daemon);
    boolean ends = once || fast;
    while (daemon.alive() && !(ends && (made.minute() >= ENOUGH || story.over()))) {
      world.sleep(Duration.ofMillis(fast ? 100 : 300));
      made.lists();
      story.goOn();
    }
    if (ending.begun()) {
      return false;
    }
    if (!daemon.alive()) {
      System.err.println("The daemon ended by itself. It said:\n" + Files.readString(log));
      return false;
    }
    return story.end(folder.resolve("state").resolve("journal"));
  }

  private String config(Path folder, World made, double speed, int page) {
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
    prices:
      file: {path: %2$s/prices.csv}
    notifiers:
      webhook: {url: "%6$s/hook"}
    """
        .formatted(
            made.nonce,
            folder,
            speed,
            interval,
            page,
            base,
            made.smi(),
            "http://127.0.0.1:" + made.secondPort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
