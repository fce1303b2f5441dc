package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.Board;
import dev.reeve.board.BoardSettings;
import dev.reeve.decision.Decision;
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
import dev.reeve.model.Plan;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole circle on a real board, with the real guards, stepped by a fake clock. */
final class ControlLoopTest {
  private static final Duration TICK = Duration.ofSeconds(15);
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

  @TempDir private Path folder;
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private final FakeEngine engine = new FakeEngine(Seen.set(IDLE));
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final WorkloadSighting sighting =
      Seen.sighting("train", "train@boot", WorkloadKind.TRAINING);
  private final FakeAction action = new FakeAction(sighting);
  private boolean reachesOwners = true;
  private double engineActive;
  private boolean silent;
  private DecisionLog log;
  private ControlLoop loop;

  @BeforeEach
  void start() {
    log = journal.open();
    Clocks clocks = new Clocks(ticker, ticker, InstantSource.system(), journal.bootId(), 1);
    GuardSettings settings =
        new GuardSettings(
            Mode.ACT,
            Duration.ofHours(1),
            5,
            minutes(10),
            List.of(),
            Duration.ofSeconds(10),
            minutes(1));
    loop =
        new ControlLoop(
            new ControlLoop.Parts(
                clocks,
                new Board(
                    engine.ruleSet().slots(),
                    BoardSettings.defaults(),
                    _ -> new Cost.Unknown("no price"),
                    journal.bootId()),
                engine,
                log,
                GuardChain.of(
                    settings,
                    new KillSwitch(folder.resolve("STOP"), ticker),
                    _ -> Optional.of(action),
                    _ -> Protection.none(),
                    ticker),
                _ -> Optional.of(action),
                List.of(new Mail()),
                true,
                new Silent(),
                CrashPoint.NONE,
                Runnable::run));
  }

  @AfterEach
  void close() {
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

  @Test
  void endsWhatIdlesOnlyAfterTheWholeNoticeThatWasDelivered() {
    until(EpisodeState.WARNED, minutes(60));
    long warned = ticker.nanos();
    while (action.calls.isEmpty() && ticker.nanos() - warned < minutes(60).toNanos()) {
      tick();
    }
    assertEquals(List.of("sigterm"), action.calls);
    assertTrue(ticker.nanos() - warned >= minutes(15).toNanos());
    assertEquals(EpisodeState.VERIFIED, newest().state());
    assertEquals(1, told.size());
  }

  @Test
  void neverActsWhereNoNoticeIsDelivered() {
    reachesOwners = false;
    ticks(Duration.ofHours(4));
    assertEquals(List.of(), action.calls);
    assertEquals(EpisodeState.OBSERVED, newest().state());
  }

  @Test
  void whatItEndedIsToldToNobodyAgain() {
    until(EpisodeState.WARNED, minutes(60));
    ticks(minutes(20));
    assertEquals(EpisodeState.VERIFIED, newest().state());
    ticks(Duration.ofHours(2));
    assertEquals(1, told.size());
    assertEquals(List.of("sigterm"), action.calls);
  }

  @Test
  void oneBusySampleTakesBackTheWarningAndItStartsAnew() {
    until(EpisodeState.WARNED, minutes(60));
    ticks(minutes(14));
    engineActive = 0.6;
    tick();
    engineActive = 0;
    assertEquals(EpisodeState.CLEARED, newest().state());
    ticks(minutes(29));
    assertEquals(List.of(), action.calls);
    assertEquals(1, told.size());
  }

  @Test
  void silenceStopsTheNoticeClockAndAFullSpanIsNeededAgain() {
    until(EpisodeState.WARNED, minutes(60));
    ticks(minutes(14));
    silent = true;
    ticks(minutes(10));
    silent = false;
    long back = ticker.nanos();
    while (action.calls.isEmpty() && ticker.nanos() - back < Duration.ofHours(3).toNanos()) {
      tick();
    }
    assertEquals(List.of("sigterm"), action.calls);
    assertTrue(
        ticker.nanos() - back >= minutes(60).toNanos(), "one span to know, one to hold again");
  }

  @Test
  void nothingElseBeginsOnAWorkloadWhileAPlanForItIsOpenHoweverLongAgoItBegan() {
    until(EpisodeState.WARNED, minutes(60));
    Plan other =
        new Plan(
            "ep0-suspend",
            "ep0",
            "resting",
            "rules",
            sighting,
            new Remedy.Suspend(),
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    log.append(new Decision.PlanOpened(other));
    ticks(Duration.ofHours(3));
    assertEquals(List.of(), action.calls);
    log.append(
        new Decision.PlanClosed(
            other.id(), Decision.Result.FAILED, "over", new Cost.Unknown("no price")));
    ticks(minutes(1));
    assertEquals(List.of("sigterm"), action.calls);
  }

  @Test
  void aPassThatBreaksOffIsNoConfirmedStretch() {
    until(EpisodeState.WARNED, minutes(60));
    tick();
    long given = judged().noticeNanos();
    engine.broken = true;
    for (int i = 0; i < 20; i++) {
      ticker.advance(TICK);
      observe();
      assertThrows(IllegalStateException.class, () -> loop.cycle());
    }
    engine.broken = false;
    tick();
    assertEquals(given, judged().noticeNanos());
    assertEquals(
        ticker.nanos(),
        loop.newest().orElseThrow().situations().values().iterator().next().heldSinceNanos());
  }

  @Test
  void aRuleThatLiedOnceNeverActsAgainInThisProcess() {
    until(EpisodeState.WARNED, minutes(60));
    engine.silent.add("idle");
    tick();
    engine.silent.clear();
    ticks(Duration.ofHours(3));
    assertEquals(List.of(), action.calls);
    assertTrue(judged().note().contains("the rule may not act"), judged().note());
  }

  @Test
  void explainsWhatDoesNotFireToo() {
    engineActive = 0.5;
    ticks(minutes(31));
    List<Judgement> judged =
        loop.explain(loop.newest().orElseThrow().snapshot().workloads().firstKey());
    assertEquals(List.of("idle"), judged.stream().map(one -> one.rule().id()).toList());
  }

  private void until(EpisodeState state, Duration atMost) {
    long end = ticker.nanos() + atMost.toNanos();
    while (ticker.nanos() < end && (known().isEmpty() || newest().state() != state)) {
      tick();
    }
    assertEquals(state, newest().state());
  }

  private void ticks(Duration time) {
    for (long left = time.dividedBy(TICK); left > 0; left--) {
      tick();
    }
  }

  private void tick() {
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

  private void observe() {
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
            List.of(sighting),
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
  private Episode newest() {
    return known().getFirst();
  }

  /** The open episode as the newest pass left it. */
  private Episode judged() {
    return loop.newest().orElseThrow().episodes().getFirst();
  }
}
