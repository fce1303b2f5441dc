package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.WallTime;
import dev.reeve.guard.Scene;
import dev.reeve.guard.Situation;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Notice;
import dev.reeve.model.Promise;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What owners are told is so, and nothing else is promised. */
final class NoticesTest {
  private static final long NOW = minutes(120).toNanos();
  private static final Subject.Workload TRAINING = Seen.training("a", 0);

  @Test
  void theOwnerIsToldOnceTheLadderSaysSo() {
    assertFalse(Notices.due(situation(Seen.IDLE, TRAINING, minutes(30).minusNanos(1)), NOW));
    assertTrue(Notices.due(situation(Seen.IDLE, TRAINING, minutes(30)), NOW));
  }

  @Test
  void saysWhatWasSeenWhatItCostsWhatComesAndHowToObject() {
    Notice notice = Notices.of(situation(Seen.IDLE, TRAINING, minutes(30)), NOW);
    assertEquals("ana", notice.owner());
    assertEquals("terminate", notice.remedy());
    assertEquals(minutes(15), notice.dueIn());
    for (String part :
        new String[] {
          "node/ana/process/a: Is idle. max(gpu.engine_active, 30m) = 0.000 < 0.01",
          "It wastes 2.50 USD/h.",
          "terminate in 15m at the earliest",
          "REEVE_PROTECT=1"
        }) {
      assertTrue(notice.text().contains(part), notice.text());
    }
  }

  @Test
  void neverPromisesLessThanTheNoticeHoweverLateItComes() {
    assertEquals(
        minutes(15), Notices.of(situation(Seen.IDLE, TRAINING, Duration.ofHours(1)), NOW).dueIn());
    assertEquals(minutes(44), Notices.of(situation(Seen.IDLE, TRAINING, minutes(1)), NOW).dueIn());
  }

  @Test
  void aKindThatTheRuleDoesNotNameIsToldThatNothingWillBeDone() {
    Subject.Workload unknown = Seen.workload(Seen.sighting("a", "a@boot", WorkloadKind.UNKNOWN), 0);
    Notice notice = Notices.of(situation(Seen.IDLE, unknown, minutes(60)), NOW);
    assertEquals("notify", notice.remedy());
    assertEquals(Duration.ZERO, notice.dueIn());
    assertTrue(notice.text().endsWith("Nothing will be done about it."), notice.text());
  }

  @Test
  void aRemedyThatIsDueAtOnceIsNotToldAsNothing() {
    Rule hasty =
        new Rule(
            "hasty",
            1,
            "Is hasty",
            Seen.IDLE.severity(),
            "a test",
            Seen.IDLE.patterns(),
            "w",
            Seen.IDLE.ladder(),
            Seen.IDLE.actsOn(),
            Duration.ZERO,
            RuleMode.ACT,
            RuleCard.NONE,
            List.of());
    Notice notice = Notices.of(situation(hasty, TRAINING, Duration.ofHours(1)), NOW);
    assertEquals("terminate", notice.remedy());
    assertTrue(notice.text().contains("the remedy is terminate"), notice.text());
  }

  private static Situation situation(Rule rule, Subject.Workload of, Duration age) {
    Episode episode =
        new Episode(
            "ep1",
            rule.id(),
            "rules",
            of.id(),
            of.sighting().id().toString(),
            of.incarnation(),
            EpisodeState.OBSERVED,
            NOW - age.toNanos(),
            OptionalLong.empty(),
            Promise.NONE,
            0,
            OptionalLong.empty(),
            "");
    return new Situation(
        NOW,
        0,
        0,
        rule,
        episode,
        Truth.CONFIRMED,
        Optional.of(new Judge(Seen.RULES, Seen.snapshot(NOW, of)).judge(rule, of.id()).finding()),
        Optional.of(of),
        Map.of(),
        0,
        new Scene(WallTime.of(Instant.EPOCH), List.of()),
        "");
  }
}
