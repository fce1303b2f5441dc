package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.FakeAction;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.GuardSettings;
import dev.reeve.guard.KillSwitch;
import dev.reeve.guard.Mode;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.Comparison;
import dev.reeve.model.Condition;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Feature;
import dev.reeve.model.Holding;
import dev.reeve.model.Notice;
import dev.reeve.model.Observation;
import dev.reeve.model.Pattern;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Notifier;
import dev.reeve.time.Clocks;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The whole circle on a real board, with the real guards, stepped by a fake clock. */
public final class Circle implements AutoCloseable {
  static final Duration TICK = Duration.ofSeconds(15);
  private static final SubjectId GPU = SubjectId.gpu("GPU-1");

  /** Two witnesses of different groups, as the guard wants them. */
  private static final Rule IDLE =
      Seen.rule(
          "idle",
          List.of(
              new Pattern(
                  "w",
                  SubjectKind.WORKLOAD,
                  new Condition.All(
                      List.of(
                          Seen.idle(),
                          Seen.compare(
                              new Feature.OfWindow(
                                  Signal.GPU_UTILIZATION, Statistic.MAX, Seen.SPAN),
                              Comparison.LESS,
                              0.01))),
                  Optional.empty())),
          "w",
          new Remedy.Terminate());

  public final FakeTicker ticker = new FakeTicker();
  public final Clocks clocks;
  public final DecisionLog log;
  public final KillSwitch killSwitch;
  public final FakeAction action;
  public ControlLoop loop;
  final GuardChain guards;
  final MemoryJournal journal = new MemoryJournal(ticker);
  final FakeEngine engine = new FakeEngine(Seen.set(IDLE));
  final List<String> told = Collections.synchronizedList(new ArrayList<>());
  final WorkloadSighting sighting;
  boolean reachesOwners = true;
  double engineActive;
  boolean silent;

  /** What the exporter shows of it instead, such as another kind. */
  Optional<WorkloadSighting> shown = Optional.empty();

  /**
   * @param name of the workload that is watched
   */
  public Circle(Path folder, String name, Mode mode) {
    this(folder, name, mode, minutes(15));
  }

  Circle(Path folder, String name, Mode mode, Duration minNotice) {
    sighting = Seen.sighting(name, "train@boot", WorkloadKind.TRAINING);
    action = new FakeAction(sighting);
    killSwitch = new KillSwitch(folder.resolve("STOP"), ticker);
    log = journal.open();
    clocks = new Clocks(ticker, ticker, InstantSource.system(), journal.bootId(), 1);
    guards =
        GuardChain.of(
            settings(mode, minNotice),
            killSwitch,
            _ -> Optional.of(action),
            _ -> Protection.none(),
            ticker);
    loop = begun(engine);
  }

  static GuardSettings settings(Mode mode, Duration minNotice) {
    return new GuardSettings(
        mode,
        minNotice,
        Duration.ofHours(1),
        5,
        minutes(10),
        List.of(),
        Duration.ofSeconds(10),
        minutes(1));
  }

  private ControlLoop begun(FakeEngine by) {
    return new ControlLoop(
        new ControlLoop.Parts(
            clocks,
            new Board(
                by.ruleSet().slots(),
                BoardSettings.defaults(),
                _ -> new Cost.Unknown("no price"),
                journal.bootId()),
            by,
            log,
            guards,
            _ -> Optional.of(action),
            List.of(new Mail()),
            true,
            new Silent(),
            CrashPoint.NONE,
            Runnable::run));
  }

  /** The same world and the same journal, watched by a new loop that knows no more than that. */
  void restart(FakeEngine by) {
    loop.close();
    loop = begun(by);
  }

  @Override
  public void close() {
    loop.close();
  }

  private final class Mail implements Notifier {
    @Override
    public String name() {
      return "mail";
    }

    @Override
    public Delivery deliver(Notice notice) {
      if (!reachesOwners) {
        return new Delivery.NotDelivered("no route");
      }
      told.add(notice.text());
      return new Delivery.Delivered("ana");
    }
  }

  public void until(EpisodeState state, Duration atMost) {
    long end = ticker.nanos() + atMost.toNanos();
    while (ticker.nanos() < end && (known().isEmpty() || newest().state() != state)) {
      tick();
    }
    assertEquals(state, newest().state());
  }

  public void ticks(Duration time) {
    for (long left = time.dividedBy(TICK); left > 0; left--) {
      tick();
    }
  }

  void tick() {
    ticker.advance(TICK);
    observe();
    int before = told.size();
    boolean tells =
        loop.cycle().episodes().stream()
            .anyMatch(
                episode ->
                    episode.state() == EpisodeState.OBSERVED
                        && reachesOwners
                        && ticker.nanos() - episode.evidenceSinceNanos() >= minutes(30).toNanos());
    if (tells) {
      // delivery is off the loop
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> told.size() > before && newest().state() != EpisodeState.OBSERVED);
    }
  }

  void observe() {
    if (silent) {
      return;
    }
    loop.accept(
        new Observation(
            "exporter",
            ticker.nanos(),
            TICK,
            List.of(
                new Sample(GPU, Signal.GPU_ENGINE_ACTIVE, engineActive),
                new Sample(GPU, Signal.GPU_UTILIZATION, engineActive)),
            List.of(new Device(GPU, "H100", "0", "host", "", 80L << 30)),
            List.of(new Holding(GPU, new Holding.HeldBy(List.of(sighting.subject())))),
            List.of(shown.orElse(sighting)),
            List.of(),
            List.of(),
            List.of(),
            new TreeMap<>()));
  }

  private List<Episode> known() {
    return log.locked(
        state -> {
          List<Episode> all = new ArrayList<>(state.openEpisodes());
          all.addAll(state.closedEpisodes());
          return all;
        });
  }

  /** The open episode as the journal has it, else the last that closed. */
  Episode newest() {
    return known().getFirst();
  }

  /** The open episode as the newest pass left it. */
  Episode judged() {
    return loop.newest().orElseThrow().episodes().getFirst();
  }
}
