package dev.reeve.replay;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.board.Pricing;
import dev.reeve.config.GuardConfig;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.GuardSettings;
import dev.reeve.guard.KillSwitch;
import dev.reeve.guard.Mode;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.Stamps;
import dev.reeve.loop.ControlLoop;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.loop.LoopEvents;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.Evidence;
import dev.reeve.model.Finding;
import dev.reeve.model.Notice;
import dev.reeve.model.Observation;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.Step;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WitnessGroup;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.RuleEngine;
import dev.reeve.time.Clocks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Recorded time through the daemon's own parts, in act mode, where nothing is touched: owners count
 * as told, and a workload that would have been ended is withheld until the horizon is over.
 *
 * <p>Threads: one; everything happens on the caller's, in one order.
 */
final class Replay implements AutoCloseable {
  /** World clock, which stands still while a plan is carried out. */
  private static final Duration PERMIT_LIFE = Duration.ofSeconds(10);

  private static final UUID BOOT = new UUID(0, 0);

  private final RuleEngine engine;
  private final Pricing pricing;
  private final Settings settings;
  private final Listener listener;
  private final ReplayTicker clock;
  private final Withheld withheld;
  private final ControlLoop loop;
  private final Map<String, String> said = new TreeMap<>();
  private final TreeSet<SubjectId> protectedOnes = new TreeSet<>();
  private long nextCycle;

  /**
   * What is assumed.
   *
   * @param cycle time between two judgements
   * @param horizon how long a workload that was ended is watched for working again
   * @param assumedKind the kind of workloads of which nobody says it
   * @param stopFolder a folder that can be read and has no stop file
   */
  record Settings(
      Duration cycle,
      GuardSettings guard,
      Duration horizon,
      Optional<WorkloadKind> assumedKind,
      Path stopFolder) {}

  /** Told of what happens, in its order. */
  interface Listener {
    void happened(Happened what);

    void settled(Stop stop);

    void cycled(Cycle cycle);
  }

  /**
   * @param startNanos since 1970, the first instant of the history
   */
  Replay(
      RuleEngine engine, Pricing pricing, Settings settings, Listener listener, long startNanos) {
    this.engine = engine;
    this.pricing = pricing;
    this.settings = settings;
    this.listener = listener;
    this.clock = new ReplayTicker(startNanos);
    this.withheld = new Withheld(clock, settings.horizon(), this::idle, listener::settled);
    this.loop = loop();
    this.nextCycle = startNanos + settings.cycle().toNanos();
  }

  private ControlLoop loop() {
    Clocks clocks = new Clocks(clock, clock, clock, BOOT.toString(), 1);
    Stamps stamps = () -> new Stamps.Stamp(clock.millis(), BOOT, clock.nanos());
    DecisionLog log;
    try {
      log = DecisionLog.over(new ForgetfulJournal(stamps));
    } catch (DecisionLog.Unreadable unreadable) {
      throw new IllegalStateException(unreadable);
    }
    log.append(new Decision.Started("replay", "act", 1, engine.ruleSet().hash()));
    Board board =
        new Board(engine.ruleSet().slots(), BoardSettings.defaults(), pricing, clocks.bootId());
    return new ControlLoop(
        new ControlLoop.Parts(
            clocks,
            board,
            engine,
            log,
            GuardChain.of(
                settings.guard(),
                new KillSwitch(settings.stopFolder().resolve("STOP"), clock),
                this::action,
                this::declared,
                clock),
            this::action,
            List.of(new Owner()),
            true,
            new Events(),
            CrashPoint.NONE,
            Runnable::run));
  }

  static GuardSettings guard(GuardConfig config, Duration cycle, Mode mode) {
    return new GuardSettings(
        mode,
        config.minNotice(),
        config.cooldown(),
        config.budget().actions(),
        config.budget().per(),
        config.protect(),
        PERMIT_LIFE,
        cycle.multipliedBy(3));
  }

  /** Takes in what was heard next; judges all that is due before it. */
  void hear(Heard heard) {
    advanceTo(heard.atNanos() - 1);
    clock.advanceTo(heard.atNanos());
    switch (heard) {
      case Heard.Answer answer -> hear(answer.observation());
      case Heard.Failure failure -> loop.failed(failure.source(), failure.why());
    }
  }

  private void hear(Observation observation) {
    Observation known =
        settings.assumedKind().map(kind -> as(kind, observation)).orElse(observation);
    known.declarations().stream()
        .filter(declaration -> declaration.protect())
        .forEach(declaration -> protectedOnes.add(declaration.workload()));
    loop.accept(withheld.without(known));
  }

  /** Judges at each cycle up to an instant. */
  void advanceTo(long nanos) {
    while (nextCycle <= nanos) {
      clock.advanceTo(nextCycle);
      nextCycle += settings.cycle().toNanos();
      withheld.settle(clock.nanos());
      Cycle cycle = loop.cycle();
      withheld.keepDevices(cycle.snapshot().gpus().keySet());
      protectedOnes.retainAll(cycle.snapshot().workloads().keySet());
      listener.cycled(cycle);
    }
  }

  /** Judges at this very instant, which is not before what was heard last. */
  Cycle judgeAt(long nanos) {
    advanceTo(nanos - 1);
    nextCycle = nanos;
    advanceTo(nanos);
    return loop.newest().orElseThrow();
  }

  /** What the rules answer for a subject now. */
  List<Judgement> explain(SubjectId subject) {
    return loop.explain(subject);
  }

  /** A rule of the set that judges. */
  Rule rule(String id) {
    return engine.ruleSet().rule(id).orElseThrow();
  }

  /** All that is known now, in a fixed order. */
  List<SubjectId> subjects() {
    return loop.newest().stream()
        .flatMap(cycle -> cycle.snapshot().subjects().stream())
        .map(Subject::id)
        .toList();
  }

  long nowNanos() {
    return clock.nanos();
  }

  /** The history is over: judges what was heard last, and settles what is open. */
  void end() {
    advanceTo(nextCycle);
    withheld.end();
  }

  @Override
  public void close() {
    loop.close();
  }

  private static Observation as(WorkloadKind kind, Observation said) {
    return new Observation(
        said.source(),
        said.atNanos(),
        said.interval(),
        said.samples(),
        said.devices(),
        said.holdings(),
        said.workloads().stream().map(seen -> as(kind, seen)).toList(),
        said.declarations(),
        said.runs(),
        said.endpoints(),
        said.drops());
  }

  private static WorkloadSighting as(WorkloadKind kind, WorkloadSighting seen) {
    return seen.kind() != WorkloadKind.UNKNOWN
        ? seen
        : new WorkloadSighting(
            seen.id(),
            seen.incarnation(),
            kind,
            seen.owner(),
            seen.group(),
            seen.extent(),
            seen.protection(),
            seen.checkpoint(),
            seen.foreignTo());
  }

  private Optional<Action> action(String platform) {
    return Optional.of(new WouldAct(platform, this::shown, withheld));
  }

  private Optional<WorkloadSighting> shown(SubjectId workload) {
    return loop.newest()
        .flatMap(cycle -> Optional.ofNullable(cycle.snapshot().workloads().get(workload)))
        .map(Subject.Workload::sighting);
  }

  private Protection declared(SubjectId workload) {
    return protectedOnes.contains(workload)
        ? Protection.because("it declared itself protected")
        : Protection.none();
  }

  private Optional<Situation> situation(String episode) {
    return loop.newest().flatMap(cycle -> Optional.ofNullable(cycle.situations().get(episode)));
  }

  private List<Evidence> evidence(String episode) {
    return situation(episode).flatMap(Situation::finding).map(Finding::evidence).orElse(List.of());
  }

  /** A run that went wrong is ended for what it does, everything else for doing nothing. */
  private boolean idle(Plan plan) {
    return evidence(plan.episode()).stream().noneMatch(one -> one.group() == WitnessGroup.RUN);
  }

  /** Counts as reached: whom a notice would not have reached is not in the recording. */
  private static final class Owner implements Notifier {
    @Override
    public String name() {
      return "replay";
    }

    @Override
    public Delivery deliver(Notice notice) {
      return new Delivery.Delivered("the owner");
    }
  }

  private final class Events implements LoopEvents {
    @Override
    public void cycled(Cycle cycle, Duration took) {}

    @Override
    public void judged(Plan plan, Step step, Verdict verdict) {
      String now = verdict.word() + " " + verdict.guard();
      if (now.equals(said.put(plan.id(), now))) {
        return;
      }
      listener.happened(
          new Happened(
              clock.nanos(),
              plan.rule(),
              situation(plan.episode())
                  .map(it -> it.episode().subject())
                  .orElse(plan.target().subject()),
              plan.target().subject().key(),
              plan.remedy(),
              plan.id(),
              evidence(plan.episode()),
              verdict.word(),
              verdict.guard(),
              verdict.reason(),
              plan.saves()));
    }

    @Override
    public void stepped(Plan plan, Step step, Outcome outcome) {}

    @Override
    public void noticed(Episode episode, String channel, boolean delivered) {
      listener.happened(
          new Happened(
              clock.nanos(),
              episode.rule(),
              episode.subject(),
              episode.workload(),
              new Remedy.Notify(),
              episode.id(),
              evidence(episode.id()),
              "told",
              "",
              "",
              situation(episode.id())
                  .flatMap(Situation::finding)
                  .map(Finding::waste)
                  .orElse(new Cost.Unknown("there is no finding now"))));
    }

    @Override
    public void closed(Plan plan, Decision.PlanClosed closed) {
      said.remove(plan.id());
    }
  }
}
