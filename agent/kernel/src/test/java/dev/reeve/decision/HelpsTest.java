package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whether what a rule does helps; a restart forgets nothing of it. */
final class HelpsTest {
  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);
  private DecisionLog log = journal.open();

  private static WorkloadId id(String job) {
    return new WorkloadId("node", "m", "ana", "process", job);
  }

  private void ended(String job, Decision.Result result) {
    WorkloadSighting target =
        new WorkloadSighting(
            id(job),
            Incarnation.of(job + "@boot", List.of()),
            WorkloadKind.TRAINING,
            "ana",
            "",
            new Extent.Unknown("a test"),
            Protection.none(),
            Optional.empty(),
            "");
    String plan = "p" + log.last();
    log.append(
        new Decision.PlanOpened(
            new Plan(
                plan,
                "ep",
                "idle",
                "rules",
                target,
                new Remedy.Terminate(),
                List.of(),
                new Cost.Unknown(""),
                List.of())));
    log.append(new Decision.PlanClosed(plan, result, "over", new Cost.Unknown("")));
  }

  private void found(String rule, String job) {
    log.append(
        new Decision.EpisodeMoved(
            new Episode(
                "ep" + log.last(),
                rule,
                "rules",
                SubjectId.workload(id(job), Incarnation.of("again", List.of())),
                id(job).toString(),
                "again",
                EpisodeState.OBSERVED,
                ticker.nanos(),
                OptionalLong.empty(),
                Promise.NONE,
                0,
                OptionalLong.empty(),
                "")));
  }

  private int without() {
    assertEquals(
        log.locked(state -> state.helps().without("idle")),
        journal.open().<Integer>locked(state -> state.helps().without("idle")));
    return log.locked(state -> state.helps().without("idle"));
  }

  @Test
  void plansThatFailDoNotHelp() {
    ended("a", Decision.Result.FAILED);
    ended("b", Decision.Result.UNKNOWN);
    assertEquals(2, without());
    ended("c", Decision.Result.VERIFIED);
    assertEquals(0, without());
  }

  @Test
  void whatWastesAgainWithinADayWasNotHelped() {
    ended("a", Decision.Result.VERIFIED);
    ticker.advance(Duration.ofHours(23));
    found("idle", "a");
    assertEquals(1, without());
  }

  @Test
  void whatWastesAgainLaterOrByAnotherRuleIsAnotherStory() {
    ended("a", Decision.Result.VERIFIED);
    found("other", "a");
    found("idle", "b");
    ticker.advance(Duration.ofHours(24));
    found("idle", "a");
    assertEquals(0, without());
  }

  @Test
  void whoeverUnmutesItBeginsAnew() {
    ended("a", Decision.Result.FAILED);
    log.append(new Decision.Unmuted("idle", "ana"));
    assertEquals(0, without());
    ended("a", Decision.Result.FAILED);
    assertEquals(1, without());
  }
}
