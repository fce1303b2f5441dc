package dev.reeve.daemon;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.config.ReeveConfig;
import dev.reeve.control.Control;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.KillSwitch;
import dev.reeve.guard.Mode;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Fatal;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.LoopEvents;
import dev.reeve.model.Money;
import dev.reeve.recording.Recorder;
import dev.reeve.spi.Collector;
import dev.reeve.spi.RuleLoader;
import dev.reeve.telemetry.Telemetry;
import dev.reeve.time.Clocks;
import dev.reeve.time.Shutdown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What sees, judges, decides and acts, wired together. It has no thread, no socket and no clock of
 * its own: a daemon drives it by its duties, a simulation step by step.
 */
public final class Heart implements AutoCloseable {
  private final Shutdown shutdown = new Shutdown();
  private final ReeveConfig config;
  private final Ground ground;
  private final Map<String, Money> counted = new HashMap<>();
  private final JournalRoom journal;
  private final LiveSettings settings;
  private final RuleRoom rules;
  private final KillSwitch killSwitch;
  private final ControlLoop loop;
  private final List<CollectorDuty> duties = new ArrayList<>();
  private final Reloads reloads;
  private final StatusView view;
  private final Operator operator;

  /**
   * What it stands on.
   *
   * @param guards what becomes of the chain; itself wherever anybody could be harmed
   * @param recorder is told what sources say
   * @param fatal ends the process after a failed fsync: what is on disk decides at the next start
   * @param executor carries plans out and tells owners
   * @param wake lets the loop judge now
   * @param stop what the environment says of the kill switch
   */
  public record Ground(
      Clocks clocks,
      Plugins plugins,
      RuleLoader rules,
      JournalPlace journal,
      UnaryOperator<GuardChain> guards,
      Telemetry telemetry,
      Recorder recorder,
      CrashPoint crashPoint,
      Fatal fatal,
      Executor executor,
      Runnable wake,
      Optional<String> stop) {}

  private Heart(Daemon.Read read, String version, Ground ground) throws StartException {
    this.config = read.config();
    this.ground = ground;
    this.journal = journal();
    shutdown.add(journal.log());
    try {
      this.settings =
          new LiveSettings(config, read.configuration(), read.source(), journal.observeOnly());
      this.rules =
          RuleRoom.open(ground.rules(), journal.log(), ground.clocks().world(), ground.fatal());
      settings.rulesSay(rules.loaded().observeOnly());
      this.killSwitch =
          new KillSwitch(
              config.folders().state().resolve("STOP"), ground.clocks().evidence(), ground.stop());
      Traces traces = new Traces(ground.telemetry(), ground.clocks());
      NoticeBoard notices = new NoticeBoard(ground.clocks(), traces);
      begun(version);
      GuardChain guards = guards();
      LoopEvents events = new TelemetryEvents(ground.telemetry(), traces, notices, journal.log());
      this.loop = shutdown.add(loop(guards, events));
      for (Collector collector : ground.plugins().collectors()) {
        duties.add(duty(collector));
      }
      this.reloads =
          new Reloads(
              rules,
              settings,
              new Reloads.Ports(ground.clocks(), loop, guards, ground.telemetry(), ground.wake()));
      this.view =
          new StatusView(
              new StatusView.Live(() -> identity(version), reloads::status),
              loop,
              journal.log(),
              killSwitch,
              duties,
              notices,
              ground.clocks());
      this.operator =
          new Operator(
              view,
              loop,
              journal.log(),
              killSwitch,
              reloads,
              new Approvals(loop, journal.log(), guards, ground.clocks().evidence()));
    } catch (StartException | RuntimeException failure) {
      shutdown.close();
      throw failure;
    }
  }

  private JournalRoom journal() throws StartException {
    return JournalRoom.open(
        ground.journal(),
        config.journal(),
        ground.clocks(),
        new JournalRoom.Ports(
            ground.fatal(),
            ground.crashPoint(),
            took -> ground.telemetry().journalAppended(1, took)));
  }

  private GuardChain guards() {
    GuardChain chain =
        GuardChain.of(
            settings.guards(ground.clocks().speed()),
            killSwitch,
            ground.plugins()::action,
            ground.plugins()::declaredProtection,
            ground.clocks().world());
    return ground.guards().apply(chain);
  }

  private CollectorDuty duty(Collector collector) {
    return new CollectorDuty(
        collector, loop, ground.recorder(), ground.telemetry(), ground.clocks().world());
  }

  /**
   * Reads the journal and wires all that follows from it; nothing is seen, judged or done yet.
   *
   * @throws StartException when it cannot run, with what to do; nothing is left open
   */
  public static Heart open(Daemon.Read read, String version, Ground ground) throws StartException {
    return new Heart(read, version, ground);
  }

  private ControlLoop loop(GuardChain guards, LoopEvents events) {
    Clocks clocks = ground.clocks();
    Board board =
        new Board(
            rules.loaded().engine().ruleSet().slots(),
            BoardSettings.defaults(),
            ground.plugins()::price,
            clocks.bootId());
    return new ControlLoop(
        new ControlLoop.Parts(
            clocks,
            board,
            rules.loaded().engine(),
            journal.log(),
            guards,
            ground.plugins()::action,
            ground.plugins().notifiers(),
            settings.mode() != Mode.OFF,
            events,
            ground.crashPoint(),
            ground.executor()));
  }

  private StatusView.Identity identity(String version) {
    return new StatusView.Identity(
        version, config.node().name(), settings.mode().text(), settings.observeOnly());
  }

  /**
   * Before the loop reads its episodes: what another boot's clock said means nothing in this one.
   */
  private void begun(String version) {
    Mode mode = settings.mode();
    String hash = rules.loaded().good().hash();
    journal.log().append(new Decision.Started(version, mode.text(), ground.clocks().speed(), hash));
    rules.takes(rules.loaded(), "start");
    ground.telemetry().mode(mode);
  }

  /** Goes on with the plans that a restart interrupted. Call once, before it judges. */
  public void resume() {
    loop.resume();
  }

  /** Asks one of the plugins' collectors, in their order. Threads: one at a time for each. */
  public void collect(int collector) throws InterruptedException {
    duties.get(collector).run();
  }

  /** Judges everything once. Threads: one. */
  public void judge() {
    loop.cycle();
    count();
  }

  /** Takes up what has changed on disk since the last look. Threads: any. */
  public void look() {
    reloads.look();
  }

  /** Holds all harming steps until somebody resumes. Threads: any. */
  public void pause(String by) {
    journal
        .log()
        .append(new Decision.Paused(by, "a signal asked for it", false, OptionalLong.empty()));
  }

  /** What operators ask. */
  public Control control() {
    return operator;
  }

  /** What was decided. */
  public DecisionLog log() {
    return journal.log();
  }

  List<CollectorDuty> duties() {
    return duties;
  }

  RuleRoom rules() {
    return rules;
  }

  LiveSettings settings() {
    return settings;
  }

  Reloads reloads() {
    return reloads;
  }

  StatusView view() {
    return view;
  }

  /** Numbers that are a fold of the journal. */
  private void count() {
    Telemetry telemetry = ground.telemetry();
    journal
        .log()
        .locked(
            state -> {
              long now = ground.clocks().evidence().nanos();
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

  @Override
  public void close() {
    shutdown.close();
  }
}
