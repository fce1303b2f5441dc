package dev.reeve.daemon;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.config.Configuration;
import dev.reeve.config.HistoryConfig;
import dev.reeve.config.ReeveConfig;
import dev.reeve.control.ControlServer;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.KillSwitch;
import dev.reeve.guard.Mode;
import dev.reeve.http.HttpSettings;
import dev.reeve.http.HttpStartException;
import dev.reeve.http.WebServer;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Fatal;
import dev.reeve.json.Json;
import dev.reeve.linux.BootClock;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.LoopEvents;
import dev.reeve.model.Money;
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
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Map<String, Money> counted = new HashMap<>();
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
    JournalRoom journal =
        JournalRoom.open(
            state.resolve("journal"),
            Math.toIntExact(config.journal().segmentSize()),
            clocks,
            new JournalRoom.Ports(fatal, crashPoint, took -> telemetry.journalAppended(1, took)));
    shutdown.add(journal.log());
    LiveSettings settings = new LiveSettings(config, configuration, source, journal.observeOnly());
    RuleRoom room = RuleRoom.open(rules, journal.log(), clocks.world(), fatal);
    settings.rulesSay(room.loaded().observeOnly());
    assemble(new Assembly(plugins, room, journal, settings, crashPoint), version);
  }

  private record Assembly(
      Plugins plugins,
      RuleRoom rules,
      JournalRoom journal,
      LiveSettings settings,
      CrashPoint crashPoint) {}

  private void assemble(Assembly parts, String version)
      throws StartException, InterruptedException {
    KillSwitch killSwitch = killSwitch();
    Traces traces = new Traces(telemetry, clocks);
    NoticeBoard notices = new NoticeBoard(clocks, traces);
    begun(parts, version);
    GuardChain guards =
        GuardChain.of(
            parts.settings().guards(clocks.speed()),
            killSwitch,
            parts.plugins()::action,
            parts.plugins()::declaredProtection,
            clocks.world());
    ControlLoop loop =
        shutdown.add(
            loop(
                parts,
                guards,
                new TelemetryEvents(telemetry, traces, notices, parts.journal().log())));
    List<CollectorDuty> duties = new ArrayList<>();
    parts
        .plugins()
        .collectors()
        .forEach(
            collector ->
                duties.add(
                    new CollectorDuty(collector, loop, recorder, telemetry, clocks.world())));
    Duty judging = judging(parts.journal(), loop, killSwitch);
    Reloads reloads =
        new Reloads(
            parts.rules(),
            parts.settings(),
            new Reloads.Ports(clocks, loop, guards, telemetry, judging::wake));
    reloading = reloads;
    DecisionLog log = parts.journal().log();
    pausing = by -> log.append(asked(by));
    StatusView view =
        new StatusView(
            new StatusView.Live(() -> identity(parts, version), reloads::status),
            loop,
            log,
            killSwitch,
            duties,
            notices,
            clocks);
    serve(
        view,
        new Operator(
            view,
            loop,
            log,
            killSwitch,
            reloads,
            new Approvals(loop, log, guards, clocks.evidence())));
    loop.resume();
    begin(parts, judging, duties);
    shutdown.add(watch(parts, reloads)).start();
    parts.plugins().missing().forEach(line -> logger.log(Level.INFO, line));
  }

  private KillSwitch killSwitch() {
    return new KillSwitch(
        config.folders().state().resolve("STOP"),
        clocks.evidence(),
        Optional.ofNullable(System.getenv(KillSwitch.VARIABLE)));
  }

  private static Decision asked(String by) {
    return new Decision.Paused(by, "a signal asked for it", false, OptionalLong.empty());
  }

  private ControlLoop loop(Assembly parts, GuardChain guards, LoopEvents events) {
    Board board =
        new Board(
            parts.rules().loaded().engine().ruleSet().slots(),
            BoardSettings.defaults(),
            parts.plugins()::price,
            clocks.bootId());
    return new ControlLoop(
        new ControlLoop.Parts(
            clocks,
            board,
            parts.rules().loaded().engine(),
            parts.journal().log(),
            guards,
            parts.plugins()::action,
            parts.plugins().notifiers(),
            parts.settings().mode() != Mode.OFF,
            events,
            parts.crashPoint(),
            work -> Thread.ofVirtual().name("plan").start(work)));
  }

  private StatusView.Identity identity(Assembly parts, String version) {
    return new StatusView.Identity(
        version,
        config.node().name(),
        parts.settings().mode().text(),
        parts.settings().observeOnly());
  }

  private FileWatch watch(Assembly parts, Reloads reloads) {
    List<Path> folders = new ArrayList<>(parts.rules().loader().watched());
    parts
        .settings()
        .source()
        .file()
        .flatMap(file -> Optional.ofNullable(file.toAbsolutePath().getParent()))
        .ifPresent(folders::add);
    return new FileWatch(folders, LOOK, QUIET, clocks.world(), reloads::look);
  }

  /**
   * Before the loop reads its episodes: what another boot's clock said means nothing in this one.
   */
  private void begun(Assembly parts, String version) {
    Mode mode = parts.settings().mode();
    String hash = parts.rules().loaded().good().hash();
    parts.journal().log().append(new Decision.Started(version, mode.text(), clocks.speed(), hash));
    parts.rules().takes(parts.rules().loaded(), "start");
    telemetry.mode(mode);
  }

  private void serve(StatusView view, Operator operator)
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

  private void begin(Assembly parts, Duty judging, List<CollectorDuty> duties) {
    for (int i = 0; i < duties.size(); i++) {
      Duration interval = parts.plugins().collectors().get(i).interval();
      CollectorDuty duty = duties.get(i);
      shutdown.add(new Duty(duty.name(), interval, clocks.evidence(), duty)).start();
    }
    shutdown.add(judging).start();
  }

  private Duty judging(JournalRoom journal, ControlLoop loop, KillSwitch killSwitch) {
    return new Duty(
        "loop",
        config.cycle(),
        clocks.evidence(),
        () -> {
          loop.cycle();
          count(journal, killSwitch);
        });
  }

  /** Numbers that are a fold of the journal. */
  private void count(JournalRoom journal, KillSwitch killSwitch) {
    journal
        .log()
        .locked(
            state -> {
              long now = clocks.evidence().nanos();
              telemetry.paused(killSwitch.pressed(state).isPresent());
              telemetry.historyBytes(history.bytes());
              telemetry.saving(Sums.saving(state, now));
              for (Money sum : Sums.saved(state, now)) {
                Money before =
                    counted.getOrDefault(
                        sum.currency().getCurrencyCode(), Money.zero(sum.currency()));
                BigDecimal more = sum.amount().subtract(before.amount());
                if (more.signum() > 0) {
                  telemetry.saved(new Money(more, sum.currency()));
                  counted.put(sum.currency().getCurrencyCode(), sum);
                }
              }
              return state;
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
