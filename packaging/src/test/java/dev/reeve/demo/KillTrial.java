package dev.reeve.demo;

import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalRecord;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.JournalVerifier;
import dev.reeve.journal.OpenResult;
import dev.reeve.journal.Stamps;
import dev.reeve.journal.Verification;
import dev.reeve.linux.BootClock;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One world, and a daemon that is killed in it again and again: at a named point, or at random.
 *
 * @param point where it dies, see {@link SelfKill}; empty for a random instant
 * @param seed of the random instants, and of which append it is
 * @param kills how often
 */
record KillTrial(String point, long seed, int kills) {
  private static final double SPEED = Double.parseDouble(System.getProperty("speed", "300"));

  /** Evidence minutes after the last kill: a window, the ladder behind it, and the notice. */
  private static final double TAIL = 75;

  /** Evidence minutes that a life may take to come to the point. */
  private static final double PATIENCE = 1_200;

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  private static final int KILLED = 128 + 9;

  /** Appends among which one is chosen where the point does not say which record. */
  private static final int APPENDS = 14;

  /**
   * What a trial came to.
   *
   * @param broken promises, in words
   */
  record Result(int kills, long records, long intents, int terms, int ended, List<String> broken) {}

  /** What runs in one trial. */
  private record Stage(
      World world, DaemonProcess daemon, DemoConfig config, Path log, List<String> broken) {}

  Result run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reeve-kill");
    Ending ending = new Ending(folder, Boolean.getBoolean("keep"));
    Thread hook = new Thread(ending::close, "end of the trial");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return live(folder, ending);
    } finally {
      ending.close();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private Result live(Path folder, Ending ending) throws IOException, InterruptedException {
    Ticker ticker = new BootTicker(BootClock::nanos);
    Random random = new Random(seed);
    World world = ending.with(new World(folder, SPEED, ticker));
    // even a SIGTERM that was lost with its outcome can be told from one that came twice
    boolean stubborn = !point.isEmpty() || random.nextBoolean();
    world.start(role -> Signalled.script(role, folder, stubborn));
    DemoConfig config = new DemoConfig(folder, SPEED, "60s", "24h");
    int port = DemoCommand.freePort();
    String text = config.write(world, port);
    Files.writeString(folder.resolve(DemoConfig.FILE), text + "journal: {segment_size: 4KiB}\n");
    Path log = folder.resolve("reeve.log");
    DaemonProcess daemon =
        ending.with(
            new DaemonProcess(folder.resolve(DemoConfig.FILE), log, port, variables(random)));
    Stage stage = new Stage(world, daemon, config, log, new ArrayList<>());
    int killed = kill(stage, ticker, random);
    long until = ticker.nanos() + ANSWERS_WITHIN.toNanos();
    while (daemon.get("/readyz").isEmpty()) {
      if (ticker.nanos() > until) {
        stage.broken().add("the daemon does not answer after its last start");
        break;
      }
    }
    Map<Role, Long> ended = ended(world);
    daemon.close();
    return result(stage, killed, ended);
  }

  private int kill(Stage stage, Ticker ticker, Random random)
      throws IOException, InterruptedException {
    int killed = 0;
    double lifeBegan = 0;
    double lifeEnds = instant(random);
    while (stage.broken().isEmpty()) {
      ticker.sleep(Duration.ofMillis(40));
      stage.world().lists();
      double age = stage.world().minute() - lifeBegan;
      if (killed < kills && point.isEmpty() && age >= lifeEnds) {
        stage.daemon().kill9();
      }
      if (!stage.daemon().alive()) {
        if (stage.daemon().exitCode() != KILLED || killed == kills) {
          stage.broken().add("the daemon ended by itself: " + Files.readString(stage.log()));
          break;
        }
        killed++;
        verify(stage);
        stage.daemon().restart(killed < kills ? variables(random) : Map.of());
        lifeBegan = stage.world().minute();
        lifeEnds = instant(random);
      } else if (killed == kills && age >= TAIL) {
        break;
      } else if (age >= PATIENCE) {
        stage.broken().add("it never came to " + point);
      }
    }
    return killed;
  }

  /** Evidence minutes at which a random kill comes: in the start, the window, or the ladder. */
  private static double instant(Random random) {
    return 3 + random.nextDouble() * 87;
  }

  private Map<String, String> variables(Random random) {
    if (point.isEmpty()) {
      return Map.of();
    }
    boolean any = point.startsWith("journal.") && point.indexOf('@') < 0;
    boolean rare = point.contains("rotation");
    String when = any ? point + "#" + (1 + random.nextInt(rare ? 2 : APPENDS)) : point;
    return Map.of(SelfKill.VARIABLE, when);
  }

  private static void verify(Stage stage) {
    if (!Files.exists(stage.config().journal())) {
      return; // killed before it began one: nothing was promised yet
    }
    if (JournalVerifier.verify(stage.config().journal()) instanceof Verification.Unsound unsound) {
      stage.broken().add("the journal: " + unsound.problem());
    }
  }

  private static Map<Role, Long> ended(World world) {
    Map<Role, Long> ended = new LinkedHashMap<>();
    Map<Role, Integer> living = world.living();
    world
        .workloads()
        .forEach(
            (role, process) -> {
              if (living.getOrDefault(role, 0) == 0) {
                ended.put(role, process.pid());
              }
            });
    return ended;
  }

  private static Result result(Stage stage, int killed, Map<Role, Long> ended) throws IOException {
    verify(stage);
    List<JournalRecord> records = records(stage.config().journal());
    List<Signalled> signals = new ArrayList<>();
    for (Role role : Role.all()) {
      signals.addAll(Signalled.read(role, stage.config().folder()));
    }
    List<String> broken = new ArrayList<>(stage.broken());
    broken.addAll(Promises.broken(records, signals, ended));
    return new Result(
        killed, records.size(), Promises.intents(records), signals.size(), ended.size(), broken);
  }

  private static List<JournalRecord> records(Path journal) throws IOException {
    Stamps stamps = () -> new Stamps.Stamp(0, new UUID(0, 0), 0);
    OpenResult opened =
        FileJournal.open(
            journal,
            new JournalSettings((type, version) -> true),
            new JournalPorts(stamps, KillTrial::fatal, CrashPoint.NONE, _ -> {}));
    if (opened instanceof OpenResult.Opened(Journal whole, long _)) {
      try (whole;
          Stream<JournalRecord> all = whole.read(1)) {
        return all.toList();
      }
    }
    throw new IOException("the journal does not open: " + opened);
  }

  private static void fatal(String reason, Throwable cause) {
    throw new IllegalStateException(reason, cause);
  }
}
