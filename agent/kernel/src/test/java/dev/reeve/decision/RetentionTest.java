package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.journal.Journal.Segment;
import dev.reeve.journal.JournalCheckpoint;
import dev.reeve.journal.JournalRecord;
import dev.reeve.json.Json;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Segments go when they are old or many, and never while anything needs them. */
final class RetentionTest {
  private static final UUID BOOT = new UUID(0, 1);
  private static final int BYTES = 100;

  private final DecisionState state = new DecisionState();
  private final List<Segment> segments = new ArrayList<>(List.of(new Segment(1, BYTES)));
  private Duration clock = Duration.ofHours(1);
  private UUID boot = BOOT;
  private long sequence;

  RetentionTest() {
    fold(new Decision.Started("1", "act", 1, "rules"));
  }

  private JournalRecord record(String type) {
    return new JournalRecord(++sequence, 0, boot, clock.toNanos(), type, 1, Json.object().build());
  }

  private void fold(Decision decision) {
    state.fold(record(DecisionWriter.type(decision)), decision);
  }

  /** As the log does: what is kept is decided before the segment begins. */
  private long checkpoint(Retention retention) {
    long keptFrom = retention.keptFrom(state, segments);
    segments.removeIf(segment -> segment.firstSequence() < keptFrom);
    JournalCheckpoint checkpoint = new JournalCheckpoint(1, Json.object().build(), keptFrom);
    state.checkpointed(record(JournalCheckpoint.TYPE), checkpoint);
    segments.add(new Segment(sequence, BYTES));
    return keptFrom;
  }

  private void days(long days) {
    clock = clock.plusDays(days);
    fold(new Decision.RulesHung("none", 1));
  }

  private static Retention age(long days) {
    return new Retention(Duration.ofDays(days), Long.MAX_VALUE);
  }

  /** Begins a segment every ten days, and answers how many there are after the last. */
  private int tenDaysEach(int times, Retention retention) {
    for (int i = 0; i < times; i++) {
      days(10);
      checkpoint(retention);
    }
    return segments.size();
  }

  @Test
  void whatIsOlderThanItsAgeGoes() {
    // six of ten days each, and the one that begins now
    assertEquals(7, tenDaysEach(30, age(60)));
  }

  @Test
  void whatDoesNotFitGoes() {
    assertEquals(6, tenDaysEach(30, new Retention(Duration.ofDays(3_000), 5 * BYTES)));
  }

  @Test
  void whatIsYoungerThanEveryWindowStaysHoweverLargeItIs() {
    assertEquals(5, tenDaysEach(30, new Retention(Duration.ofDays(3_000), 1)));
    assertEquals(5, tenDaysEach(30, age(1)));
  }

  @Test
  void theNewestTwoStayHoweverOldTheyAre() {
    days(1_000);
    checkpoint(age(31));
    days(1_000);
    checkpoint(age(31));
    days(1_000);
    checkpoint(age(31));
    assertEquals(2, segments.size());
  }

  @Test
  void theTimeBetweenTwoBootsMakesNothingOld() {
    checkpoint(age(31));
    checkpoint(age(31));
    clock = Duration.ofDays(4_000);
    boot = new UUID(0, 2);
    fold(new Decision.Started("1", "act", 1, "rules"));
    assertEquals(1, checkpoint(age(31)));
  }

  @Test
  void anOpenEpisodeKeepsWhereItBegan() {
    needs(new Decision.EpisodeMoved(episode(EpisodeState.WARNED)));
    over(new Decision.EpisodeMoved(episode(EpisodeState.CLEARED)));
  }

  @Test
  void anAnswerAndADoubtAreKeptWithTheirEpisode() {
    fold(new Decision.EpisodeMoved(episode(EpisodeState.WARNED)));
    fold(new Decision.Doubted("idle", 4, 5, List.of("ep")));
    needs(new Decision.Refused("ep", "ana", "why"));
    over(new Decision.EpisodeMoved(episode(EpisodeState.EXPIRED)));
  }

  @Test
  void anOpenPlanKeepsWhereItWasOpened() {
    needs(new Decision.PlanOpened(plan()));
    over(new Decision.PlanClosed("p", Decision.Result.FAILED, "", new Cost.Unknown("x")));
  }

  @Test
  void anApprovalThatWaitsKeepsWhereItWasGiven() {
    needs(new Decision.Approved("p", "shown", "ana", Duration.ofDays(36_500).toNanos()));
    fold(new Decision.PlanOpened(plan()));
    fold(new Decision.Intent("p", 1, "x", Step.Effect.HARMING, "w", "idle", "terminate", "uid"));
    over(new Decision.PlanClosed("p", Decision.Result.FAILED, "", new Cost.Unknown("x")));
  }

  @Test
  void aPauseKeepsWhereItBegan() {
    needs(new Decision.Paused("ana", "why", true, OptionalLong.empty()));
    over(new Decision.Resumed("ana"));
  }

  /** Whatever time passes, the first segment stays. */
  private void needs(Decision decision) {
    fold(decision);
    checkpoint(age(31));
    days(400);
    checkpoint(age(31));
    days(400);
    assertEquals(1, tries());
  }

  private void over(Decision decision) {
    fold(decision);
    assertEquals(segments.get(segments.size() - 1).firstSequence(), tries());
  }

  private long tries() {
    return age(31).keptFrom(state, segments);
  }

  private static Episode episode(EpisodeState in) {
    return new Episode(
        "ep",
        "idle",
        "rules",
        SubjectId.gpu("GPU-1"),
        "w",
        "uid",
        in,
        1,
        OptionalLong.empty(),
        Promise.NONE,
        0,
        OptionalLong.empty(),
        "");
  }

  private static Plan plan() {
    WorkloadSighting target =
        new WorkloadSighting(
            new WorkloadId("node", "m", "ana", "process", "train"),
            Incarnation.of("uid", List.of("7@1")),
            WorkloadKind.TRAINING,
            "ana",
            "team",
            Extent.of(List.of(SubjectId.gpu("GPU-1"))),
            Protection.none(),
            Optional.empty(),
            "");
    return new Plan(
        "p",
        "other",
        "idle",
        "rules",
        target,
        new Remedy.Terminate(),
        List.of(),
        new Cost.Unknown("x"),
        List.of());
  }
}
