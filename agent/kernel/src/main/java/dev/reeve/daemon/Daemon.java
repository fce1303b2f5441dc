package dev.reeve.daemon;

import dev.reeve.config.Configuration;
import dev.reeve.config.HistoryConfig;
import dev.reeve.config.ReeveConfig;
import dev.reeve.control.Control;
import dev.reeve.control.ControlServer;
import dev.reeve.guard.KillSwitch;
import dev.reeve.http.HttpSettings;
import dev.reeve.http.HttpStartException;
import dev.reeve.http.WebServer;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Fatal;
import dev.reeve.json.Json;
import dev.reeve.linux.BootClock;
import dev.reeve.recording.FileRecorder;
import dev.reeve.recording.Keeping;
import dev.reeve.recording.Recorder;
import dev.reeve.spi.RuleLoader;
import dev.reeve.spi.Surroundings;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.telemetry.TelemetrySettings;
import dev.reeve.time.BootTicker;
import dev.reeve.time.Clocks;
import dev.reeve.time.Duty;
import dev.reeve.time.Shutdown;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** All rooms of the house, wired and running until it is closed. */
public final class Daemon implements AutoCloseable {
  /** World clock: how often files are looked at that nobody told of. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** World clock: how long nothing more may happen to a file before it is taken up. */
  private static final Duration QUIET = Duration.ofMillis(150);

  private static final Logger logger = System.getLogger(Daemon.class.getName());

  private final Shutdown shutdown = new Shutdown();
  private final ReeveConfig config;
  private final Fatal fatal;
  private final Clocks clocks;
  private final Telemetry telemetry;
  private final Recorder recorder;
  private final Recorder history;
  private volatile Optional<Duty> toWake = Optional.empty();
  private String address = "";
  private Consumer<String> pausing = _ -> {};
  private Reloading reloading = _ -> Json.object().build();

  private Daemon(ReeveConfig config, String version, Fatal fatal, Recorder recorder) {
    this.config = config;
    this.fatal = fatal;
    this.clocks = clocks(config);
    this.history = history(version);
    this.recorder = shutdown.add(Recorder.both(recorder, history));
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (config.telemetry().otlp() == dev.reeve.config.TelemetryConfig.Otlp.OFF) {
      environment.keySet().removeIf(name -> name.startsWith("OTEL_EXPORTER_OTLP_"));
    }
    this.telemetry =
        shutdown.add(
            Telemetry.open(
                new TelemetrySettings(version, config.node().name(), environment, clocks.wall())));
  }

  /** A daemon that cannot look back later still does its work now. */
  private Recorder history(String version) {
    if (!config.history().enabled()) {
      return Recorder.NONE;
    }
    try {
      Folders.make(config.folders().state(), "rwxr-x---", "state_dir");
      return FileRecorder.start(
          HistoryConfig.folder(config.folders()),
          Keeping.history(config.history().size(), config.history().age()),
          version,
          clocks);
    } catch (IOException | StartException cannot) {
      logger.log(Level.WARNING, "no history is kept: " + cannot);
      return Recorder.NONE;
    }
  }

  /** The clocks that a configuration asks for. */
  public static Clocks clocks(ReeveConfig config) {
    return Clocks.system(
        new BootTicker(BootClock::nanos), BootClock.bootId(), config.clock().evidenceSpeed());
  }

  /**
   * A configuration to start with.
   *
   * @param configuration with its kernel's keys read; providers read theirs at the start
   * @param source where it can be read again while the daemon runs
   */
  public record Read(ReeveConfig config, Configuration configuration, ConfigSource source) {}

  /**
   * Starts everything.
   *
   * @param fatal ends the process after a failed fsync: what is on disk decides at the next start
   * @param recorder is told what sources say, and closed with the daemon
   * @throws StartException when it cannot run, with what to do; nothing is left running
   */
  public static Daemon start(Read read, String version, Fatal fatal, Recorder recorder)
      throws StartException, InterruptedException {
    Daemon daemon = new Daemon(read.config(), version, fatal, recorder);
    try {
      daemon.run(read.configuration(), read.source(), version);
      return daemon;
    } catch (StartException | InterruptedException | RuntimeException failure) {
      daemon.close();
      throw failure;
    }
  }

  private void run(Configuration configuration, ConfigSource source, String version)
      throws StartException, InterruptedException {
    Path state = config.folders().state();
    Path runtime = config.folders().runtime();
    Folders.make(state, "rwxr-x---", "state_dir");
    Folders.make(runtime, "rwxr-xr-x", "runtime_dir");
    Surroundings surroundings = new Surroundings(clocks, runtime, state);
    Plugins plugins = shutdown.add(Plugins.create(configuration.root(), surroundings));
    RuleLoader rules = shutdown.add(Plugins.rules(configuration.root(), surroundings));
    if (!configuration.finish().isEmpty()) {
      throw new StartException(configuration.problems().text());
    }
    CrashPoint crashPoint =
        ServiceLoader.load(CrashPoint.class).findFirst().orElse(CrashPoint.NONE);
    Heart heart =
        shutdown.add(
            Heart.open(
                new Read(config, configuration, source),
                version,
                new Heart.Ground(
                    clocks,
                    plugins,
                    rules,
                    JournalPlace.folder(state.resolve("journal")),
                    chain -> chain,
                    telemetry,
                    recorder,
                    crashPoint,
                    fatal,
                    work -> Thread.ofVirtual().name("plan").start(work),
                    this::judgeNow,
                    Optional.ofNullable(System.getenv(KillSwitch.VARIABLE)))));
    live(heart, plugins);
  }

  private void live(Heart heart, Plugins plugins) throws StartException, InterruptedException {
    Duty judging = judging(heart);
    toWake = Optional.of(judging);
    reloading = heart.reloads();
    pausing = heart::pause;
    serve(heart.view(), heart.control());
    heart.resume();
    begin(plugins, judging, heart.duties());
    shutdown.add(watch(heart)).start();
    plugins.missing().forEach(line -> logger.log(Level.INFO, line));
  }

  private void judgeNow() {
    toWake.ifPresent(Duty::wake);
  }

  private FileWatch watch(Heart heart) {
    List<Path> folders = new ArrayList<>(heart.rules().loader().watched());
    heart
        .settings()
        .source()
        .file()
        .flatMap(file -> Optional.ofNullable(file.toAbsolutePath().getParent()))
        .ifPresent(folders::add);
    return new FileWatch(folders, LOOK, QUIET, clocks.world(), heart::look);
  }

  private void serve(StatusView view, Control operator)
      throws StartException, InterruptedException {
    try {
      shutdown.add(
          ControlServer.start(config.folders().runtime().resolve(ControlServer.SOCKET), operator));
    } catch (IOException failure) {
      throw new StartException(
          "cannot listen on the control socket in "
              + config.folders().runtime()
              + ": "
              + failure.getMessage()
              + "; does another daemon run?",
          failure);
    }
    if (config.http().enabled()) {
      try {
        WebServer server =
            shutdown.add(
                WebServer.start(new HttpSettings(config.http().listen()), view, telemetry));
        address =
            "http://"
                + config.http().listen().getAddress().getHostAddress()
                + ":"
                + server.port()
                + "/";
      } catch (HttpStartException failure) {
        throw new StartException(String.valueOf(failure.getMessage()), failure);
      }
    }
  }

  private void begin(Plugins plugins, Duty judging, List<CollectorDuty> duties) {
    for (int i = 0; i < duties.size(); i++) {
      Duration interval = plugins.collectors().get(i).interval();
      CollectorDuty duty = duties.get(i);
      shutdown.add(new Duty(duty.name(), interval, clocks.evidence(), duty)).start();
    }
    shutdown.add(judging).start();
  }

  private Duty judging(Heart heart) {
    return new Duty(
        "loop",
        config.cycle(),
        clocks.evidence(),
        () -> {
          heart.judge();
          telemetry.historyBytes(history.bytes());
        });
  }

  /** Takes up what operators changed, as a signal asks. */
  public void reload(String by) {
    reloading.reload(by);
  }

  /** Holds all harming steps until somebody resumes, as a signal asks. */
  public void pause(String by) {
    pausing.accept(by);
  }

  /** Where the page is; empty where none is served. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
