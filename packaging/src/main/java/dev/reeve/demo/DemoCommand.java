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
    Path log = folder.resolve("reeve.log");
    int page = port > 0 ? port : freePort();
    DemoConfig config = new DemoConfig(folder, speed, fast ? "60s" : "30s", "1h");
    String text = config.write(made, page);
    System.out.println(text);
    System.out.println("The page of this Reeve: http://127.0.0.1:" + page + "/\n");
    DaemonProcess daemon =
        ending.with(new DaemonProcess(folder.resolve(DemoConfig.FILE), log, page));
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
    return story.end(config.journal());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
