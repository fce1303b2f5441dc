package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
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

/** What limits and throttles count is a fold: a restart, and a boot, give nothing back. */
final class SpentTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Cost COST = new Cost.Known(MoneyPerHour.of("2.50", "USD"), "a list");

  private final FakeTicker ticker = new FakeTicker();
  private final MemoryJournal journal = new MemoryJournal(ticker);

  @Test
  void plansThatBeganAreCountedAfterARestart() {
    act(journal.open(), "p");
    ticker.advance(Duration.ofHours(23));
    Spent.Acted acted = actions(journal.open()).getFirst();
    assertEquals(
        "p r ana team",
        acted.plan() + " " + acted.rule() + " " + acted.owner() + " " + acted.group());
    assertEquals(COST, acted.saves());
    ticker.advance(Duration.ofHours(2));
    assertEquals(List.of(), actions(journal.open()));
  }

  @Test
  void theTimeBetweenTwoBootsGivesNothingBack() {
    DecisionLog log = journal.open();
    act(log, "p");
    tell(log, "ep1", "mail", true);
    ticker.advance(Duration.ofDays(9));
    journal.reboot();
    log = journal.open();
    assertEquals(1, actions(log).size());
    assertEquals(1, notices(log).size());
  }

  @Test
  void aNoticeByTwoChannelsIsOneAfterARestartToo() {
    DecisionLog log = journal.open();
    tell(log, "ep1", "mail", true);
    tell(log, "ep1", "chat", true);
    tell(log, "ep2", "mail", false);
    Spent.Told told = new Spent.Told("ep1", "r", "w", "ana", notices(log).getFirst().atNanos());
    assertEquals(List.of(told), notices(log));
    assertEquals(List.of(told), notices(journal.open()));
    ticker.advance(DAY.plusSeconds(1));
    assertEquals(List.of(), notices(journal.open()));
  }

  @Test
  void aNoticeOfNobodysSubjectIsCountedByTheSubject() {
    DecisionLog log = journal.open();
    log.append(new Decision.EpisodeMoved(episode("ep1", "")));
    log.append(new Decision.NoticeSent("ep1", "", "", "mail", true, ""));
    assertEquals("gpu:GPU-1", notices(log).getFirst().workload());
  }

  private List<Spent.Acted> actions(DecisionLog log) {
    return log.locked(state -> state.spent().actionsSince(since(state)));
  }

  private List<Spent.Told> notices(DecisionLog log) {
    return log.locked(state -> state.spent().noticesSince(since(state)));
  }

  private long since(DecisionState state) {
    return state.timelineAt(ticker.nanos()) - DAY.toNanos();
  }

  private static void tell(DecisionLog log, String episode, String channel, boolean delivered) {
    log.append(new Decision.EpisodeMoved(episode(episode, "w")));
    log.append(new Decision.NoticeSent(episode, "w", "ana", channel, delivered, ""));
  }

  private static Episode episode(String id, String workload) {
    return new Episode(
        id,
        "r",
        "s",
        SubjectId.gpu("GPU-1"),
        workload,
        "i",
        EpisodeState.OBSERVED,
        7,
        OptionalLong.empty(),
        Promise.NONE,
        0,
        OptionalLong.empty(),
        "");
  }

  private static void act(DecisionLog log, String plan) {
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
    log.append(
        new Decision.PlanOpened(
            new Plan(
                plan,
                "ep1",
                "r",
                "s",
                target,
                new Remedy.Terminate(),
                List.of(),
                COST,
                List.of())));
    log.append(
        new Decision.Intent(plan, 1, "sigterm", Step.Effect.HARMING, "w", "r", "terminate", "uid"));
  }
}
