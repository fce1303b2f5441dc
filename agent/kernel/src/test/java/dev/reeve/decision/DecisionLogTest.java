package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.journal.CrashPoint;
import dev.reeve.journal.FileJournal;
import dev.reeve.journal.Journal;
import dev.reeve.journal.JournalPorts;
import dev.reeve.journal.JournalSettings;
import dev.reeve.journal.OpenResult;
import dev.reeve.journal.Stamps;
import dev.reeve.linux.Directories;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the running daemon believes is what it will believe after a restart, to the nanosecond. */
final class DecisionLogTest {
  private static final WorkloadId ID = new WorkloadId("node", "m", "ana", "process", "train");
  private static final Duration SOME = Duration.ofSeconds(90).plusNanos(123_456_789);

  @TempDir private Path folder;
  private long now = 7_000_000_000L;

  /** No two stamps are equal, however close they are taken. */
  private DecisionLog open() throws Exception {
    Stamps stamps = () -> new Stamps.Stamp(now / 1_000_000, new UUID(0, 1), now += 1_234_567);
    OpenResult opened =
        FileJournal.open(
            folder,
            new JournalSettings(1 << 12, DecisionWriter::knows),
            new JournalPorts(
                stamps,
                (reason, _) -> {
                  throw new AssertionError(reason);
                },
                CrashPoint.NONE,
                Directories::sync));
    Journal journal =
        opened instanceof OpenResult.Opened(Journal sound, long _)
            ? sound
            : fail(opened.toString());
    return DecisionLog.over(journal);
  }

  private static Journal fail(String why) {
    throw new AssertionError(why);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theLiveStateEqualsTheOneThatIsFoldedAnew(long seed) throws Exception {
    Random random = new Random(seed);
    DecisionLog live = open();
    live.append(new Decision.Started("1", "act", 70.5, "rules"));
    for (int i = 0; i < 60; i++) {
      live.append(decision(random));
    }
    List<Object> before = live.locked(this::picture);
    live.close();
    DecisionLog again = open();
    assertEquals(before, again.locked(this::picture));
    again.close();
  }

  /** A budget that is spent to the nanosecond must not be free again for a restart's sake. */
  @Test
  void whenAPlanBeganIsTheInstantOfItsRecord() throws Exception {
    DecisionLog live = open();
    live.append(new Decision.Started("1", "act", 1, "rules"));
    live.append(new Decision.PlanOpened(plan("p")));
    live.append(intent("p", 1));
    long acted = live.locked(state -> state.spent().lastActed(ID.toString(), "").orElseThrow());
    live.close();
    DecisionLog again = open();
    assertEquals(
        acted, again.<Long>locked(s -> s.spent().lastActed(ID.toString(), "").orElseThrow()));
    again.close();
  }

  /** The journal holds deadlines in milliseconds: what acts must not act by finer ones. */
  @Test
  void whatWasRoundedInTheRecordIsRoundedInTheLiveStateToo() throws Exception {
    DecisionLog live = open();
    live.append(new Decision.Started("1", "act", 1, "rules"));
    live.append(new Decision.PlanOpened(plan("p")));
    assertEquals(
        Duration.ofMillis(SOME.toMillis()),
        live.locked(state -> state.plan("p")).orElseThrow().plan().steps().getFirst().deadline());
    live.close();
  }

  @Test
  void whatNoStartCouldReadAgainIsNotAppended() throws Exception {
    DecisionLog live = open();
    live.append(new Decision.Started("1", "act", 1, "rules"));
    long last = live.last();
    assertThrows(
        RuntimeException.class,
        () -> live.append(new Decision.Started("1", "act", Double.NaN, "rules")));
    assertEquals(last, live.last());
    live.close();
    assertTrue(open().last() == last);
  }

  private Decision decision(Random random) {
    String id = "p" + random.nextInt(6);
    return switch (random.nextInt(13)) {
      case 0 -> new Decision.EpisodeMoved(episode(random));
      case 1 -> new Decision.PlanOpened(plan(id));
      case 2, 3 -> intent(id, 1 + random.nextInt(2));
      case 4 ->
          new Decision.StepEnded(
              id, 1, new Outcome.Done("\u001b done"), Optional.of(sighting(random.nextInt())));
      case 5 -> new Decision.StepWaited(id, 1, random.nextBoolean(), "seen");
      case 6 ->
          new Decision.PlanClosed(
              id,
              Decision.Result.values()[random.nextInt(3)],
              "over",
              new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list"));
      case 7 ->
          new Decision.Paused(
              "ana", "why", random.nextBoolean(), OptionalLong.of(random.nextLong(1L << 40)));
      case 8 ->
          new Decision.Snoozed("ep" + random.nextInt(6), "ana", "why", random.nextLong(1L << 40));
      case 9 -> new Decision.OverBudget(List.of("ep" + random.nextInt(6)), "why");
      case 10 ->
          new Decision.BatchConfirmed(
              Batches.Kind.values()[random.nextInt(2)], List.of("ep" + random.nextInt(6)), "bo");
      case 11 -> new Decision.Unmuted("idle", "bo");
      default -> new Decision.Resumed("ana");
    };
  }

  private static Episode episode(Random random) {
    return new Episode(
        "ep" + random.nextInt(6),
        "idle",
        "rules",
        SubjectId.workload(ID, Incarnation.of("uid", List.of("7@1"))),
        ID.toString(),
        "uid",
        EpisodeState.values()[random.nextInt(EpisodeState.values().length)],
        random.nextLong(1L << 50),
        random.nextBoolean() ? OptionalLong.of(random.nextLong(1L << 50)) : OptionalLong.empty(),
        Promise.of(Duration.ofNanos(random.nextLong(1, 1L << 40)), List.of("terminate")),
        random.nextLong(1L << 40),
        OptionalLong.empty(),
        "note");
  }

  private static Decision.Intent intent(String plan, int step) {
    return new Decision.Intent(
        plan, step, "sigterm", Step.Effect.HARMING, ID.toString(), "idle", "terminate", "uid");
  }

  private static WorkloadSighting sighting(int generation) {
    return new WorkloadSighting(
        ID,
        Incarnation.of("uid", List.of("7@1", "8@" + generation)),
        WorkloadKind.TRAINING,
        "ana",
        "",
        dev.reeve.model.Extent.of(List.of(SubjectId.gpu("GPU-1"))),
        Protection.none(),
        Optional.empty(),
        "");
  }

  private static Plan plan(String id) {
    Step step =
        new Step(
            1,
            "sigterm",
            Step.Effect.HARMING,
            "gone",
            SOME,
            true,
            false,
            new TreeMap<>(),
            Optional.empty());
    return new Plan(
        id,
        "ep" + id.substring(1),
        "idle",
        "rules",
        sighting(1),
        new Remedy.Terminate(),
        List.of(step),
        new Cost.Unknown("no price"),
        List.of());
  }

  /** Everything that the state answers, at one reading of the clock. */
  private List<Object> picture(DecisionState state) {
    long evidence = 1L << 52;
    List<Object> all = new ArrayList<>();
    all.add(List.copyOf(state.openEpisodes()));
    all.add(state.closedEpisodes());
    all.add(List.copyOf(state.plans()));
    all.add(state.saved());
    all.add(state.pauseAt(evidence));
    all.add(state.pauseLeft(evidence));
    all.add(state.spent().lastActed(ID.toString(), "p1"));
    all.add(state.spent().actionsSince(0).size());
    all.add(state.timelineAt(evidence));
    all.add(state.timelineAt(0));
    all.add(state.bootChanges());
    all.add(state.batches().waiting(Batches.Kind.BASELINE));
    all.add(state.batches().waiting(Batches.Kind.BUDGET));
    all.add(state.helps().without("idle"));
    all.add(state.clockSets().others(Instant.EPOCH, 1L << 51, state.timelineAt(evidence)));
    for (int i = 0; i < 6; i++) {
      all.add(state.snoozes().times("ep" + i));
      all.add(state.snoozes().until("ep" + i));
    }
    return all;
  }
}
