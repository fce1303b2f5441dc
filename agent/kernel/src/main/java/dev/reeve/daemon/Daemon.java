package dev.reeve.daemon;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.config.Configuration;
import dev.reeve.config.ReeveConfig;
import dev.reeve.control.ControlServer;
import dev.reeve.decision.Decision;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.GuardSettings;
import dev.reeve.guard.KillSwitch;
import dev.reeve.guard.Mode;
import dev.reeve.http.HttpSettings;
import dev.reeve.http.HttpStartException;
import dev.reeve.http.WebServer;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Fatal;
import dev.reeve.linux.BootClock;
import dev.reeve.loop.ControlLoop;
import dev.reeve.model.Money;
import dev.reeve.spi.RuleEngine;
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
import java.util.ServiceLoader;

/** All rooms of the house, wired and running until it is closed. */
public final class Daemon implements AutoCloseable {
  /** World clock: how long a permit can be spent after the guard agreed. */
  private static final Duration PERMIT_LIFE = Duration.ofSeconds(10);

  /** World clock: a judgement may be this late however fast the evidence clock runs. */
  private static final Duration LATEST = Duration.ofSeconds(2);

  private static final Logger logger = System.getLogger(Daemon.class.getName());

  private final Shutdown shutdown = new Shutdown();
  private final ReeveConfig config;
  private final Fatal fatal;
  private final Clocks clocks;
  private final Telemetry telemetry;
  private final Map<String, Money> counted = new HashMap<>();
  private String address = "";

  private Daemon(ReeveConfig config, String version, Fatal fatal) {
    this.config = config;
    this.fatal = fatal;
    this.clocks = clocks(config);
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (config.telemetry().otlp() == dev.reeve.config.TelemetryConfig.Otlp.OFF) {
      environment.keySet().removeIf(name -> name.startsWith("OTEL_EXPORTER_OTLP_"));
    }
    this.telemetry =
        shutdown.add(
            Telemetry.open(
                new TelemetrySettings(version, config.node().name(), environment, clocks.wall())));
  }

  /** The clocks that a configuration asks for. */
  public static Clocks clocks(ReeveConfig config) {
    return Clocks.system(
        new BootTicker(BootClock::nanos), BootClock.bootId(), config.clock().evidenceSpeed());
  }

  /**
   * Starts everything.
   *
   * @param fatal ends the process after a failed fsync: what is on disk decides at the next start
   * @param configuration with its kernel's keys read; providers read theirs here
   * @throws StartException when it cannot run, with what to do; nothing is left running
   */
  public static Daemon start(
      ReeveConfig config, Configuration configuration, String version, Fatal fatal)
      throws StartException, InterruptedException {
    Daemon daemon = new Daemon(config, version, fatal);
    try {
      daemon.run(configuration, version);
      return daemon;
    } catch (StartException | InterruptedException | RuntimeException failure) {
      daemon.close();
      throw failure;
    }
  }

  private void run(Configuration configuration, String version)
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
    assemble(new Assembly(plugins, load(rules, journal), journal, crashPoint), version);
  }

  private RuleEngine load(RuleLoader rules, JournalRoom journal) throws StartException {
    try {
      return shutdown.add(rules.load(RuleLoader.Past.NONE).engine());
    } catch (RuleEngine.RuleEngineException failure) {
      throw new StartException("the rules did not load: " + failure.getMessage(), failure);
    }
  }

  private record Assembly(
      Plugins plugins, RuleEngine engine, JournalRoom journal, CrashPoint crashPoint) {}

  private void assemble(Assembly parts, String version)
      throws StartException, InterruptedException {
    Mode mode = parts.journal().observeOnly().isEmpty() ? config.mode() : lesser(config.mode());
    KillSwitch killSwitch =
        new KillSwitch(config.folders().state().resolve("STOP"), clocks.evidence());
    Traces traces = new Traces(telemetry, clocks);
    NoticeBoard notices = new NoticeBoard(clocks, traces);
    Board board =
        new Board(
            parts.engine().ruleSet().slots(),
            BoardSettings.defaults(),
            parts.plugins()::price,
            clocks.bootId());
    begun(parts, mode, version);
    ControlLoop loop =
        shutdown.add(
            new ControlLoop(
                new ControlLoop.Parts(
                    clocks,
                    board,
                    parts.engine(),
                    parts.journal().log(),
                    GuardChain.of(
                        settings(mode),
                        killSwitch,
                        parts.plugins()::action,
                        parts.plugins()::declaredProtection,
                        clocks.world()),
                    parts.plugins()::action,
                    parts.plugins().notifiers(),
                    mode != Mode.OFF,
                    new TelemetryEvents(telemetry, traces, notices, parts.journal().log()),
                    parts.crashPoint(),
                    work -> Thread.ofVirtual().name("plan").start(work))));
    List<CollectorDuty> duties = new ArrayList<>();
    parts
        .plugins()
        .collectors()
        .forEach(
            collector -> duties.add(new CollectorDuty(collector, loop, telemetry, clocks.world())));
    StatusView view =
        new StatusView(
            new StatusView.Identity(
                version, config.node().name(), mode.text(), parts.journal().observeOnly()),
            loop,
            parts.journal().log(),
            killSwitch,
            duties,
            notices,
            clocks);
    serve(view, new Operator(view, loop, parts.journal().log(), killSwitch));
    loop.resume();
    begin(parts, loop, killSwitch, duties);
    parts.plugins().missing().forEach(line -> logger.log(Level.INFO, line));
  }

  /**
   * Before the loop reads its episodes: what another boot's clock said means nothing in this one.
   */
  private void begun(Assembly parts, Mode mode, String version) {
    String hash = parts.engine().ruleSet().hash();
    parts.journal().log().append(new Decision.Started(version, mode.text(), clocks.speed(), hash));
    telemetry.mode(mode);
    telemetry.ruleSet(hash, parts.engine().ruleSet().rules().size());
  }

  private static Mode lesser(Mode mode) {
    return mode == Mode.OFF ? Mode.OFF : Mode.OBSERVE;
  }

  private GuardSettings settings(Mode mode) {
    Duration late = Duration.ofNanos((long) (LATEST.toNanos() * clocks.speed()));
    Duration cycles = config.cycle().multipliedBy(3);
    return new GuardSettings(
        mode,
        config.guard().minNotice(),
        config.guard().cooldown(),
        config.guard().budget().actions(),
        config.guard().budget().per(),
        config.guard().protect(),
        PERMIT_LIFE,
        cycles.compareTo(late) > 0 ? cycles : late);
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

  private void begin(
      Assembly parts, ControlLoop loop, KillSwitch killSwitch, List<CollectorDuty> duties) {
    for (int i = 0; i < duties.size(); i++) {
      Duration interval = parts.plugins().collectors().get(i).interval();
      CollectorDuty duty = duties.get(i);
      shutdown.add(new Duty(duty.name(), interval, clocks.evidence(), duty)).start();
    }
    shutdown
        .add(
            new Duty(
                "loop",
                config.cycle(),
                clocks.evidence(),
                () -> {
                  loop.cycle();
                  count(parts.journal(), killSwitch);
                }))
        .start();
  }

  /** Numbers that are a fold of the journal. */
  private void count(JournalRoom journal, KillSwitch killSwitch) {
    journal
        .log()
        .locked(
            state -> {
              long now = clocks.evidence().nanos();
              telemetry.paused(killSwitch.pressed(state).isPresent());
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

  /** Where the page is; empty where none is served. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
