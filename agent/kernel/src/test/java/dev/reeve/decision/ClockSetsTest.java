package dev.reeve.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.journal.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which times it may be where the wall clock was set. */
final class ClockSetsTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final DecisionState state = new DecisionState();
  private Instant shown = NOON;
  private Duration up = Duration.ofHours(1);
  private UUID boot = new UUID(0, 1);
  private long sequence;

  private void passes(Duration time) {
    shown = shown.plus(time);
    up = up.plus(time);
  }

  private void appends() {
    Decision decision = new Decision.Resumed("ana");
    fold(decision);
  }

  private void starts() {
    fold(new Decision.Started("test", "act", 1, "rules"));
  }

  private void fold(Decision decision) {
    state.fold(
        new JournalRecord(
            ++sequence,
            shown.toEpochMilli(),
            boot,
            up.toNanos(),
            DecisionWriter.type(decision),
            1,
            DecisionWriter.write(decision)),
        decision);
  }

  private List<Instant> others() {
    return state.clockSets().others(shown, up.toNanos(), state.timelineAt(up.toNanos()));
  }

  @Test
  void aClockThatNobodySetsIsTheOnlyOne() {
    starts();
    passes(Duration.ofHours(5));
    shown = shown.plusSeconds(59);
    assertEquals(List.of(), others());
  }

  @Test
  void aClockThatWasSetBackMayHaveBeenRight() {
    starts();
    passes(Duration.ofHours(1));
    shown = shown.minus(Duration.ofHours(8));
    assertEquals(List.of(NOON.plus(Duration.ofHours(1))), others());
    appends();
    passes(Duration.ofHours(2));
    assertEquals(List.of(NOON.plus(Duration.ofHours(3))), others());
  }

  @Test
  void aClockThatWasSetForwardMayHaveBeenRight() {
    starts();
    shown = shown.plus(Duration.ofDays(400));
    appends();
    assertEquals(List.of(NOON), others());
  }

  @Test
  void whoeverSetsItTwiceLeavesThreeTimes() {
    starts();
    shown = NOON.minus(Duration.ofHours(8));
    appends();
    shown = NOON.plus(Duration.ofHours(3));
    appends();
    assertEquals(List.of(NOON.minus(Duration.ofHours(8)), NOON), others());
  }

  @Test
  void afterADayTheClockIsBelieved() {
    starts();
    shown = shown.minus(Duration.ofHours(8));
    appends();
    passes(Duration.ofDays(1).minusSeconds(1));
    assertEquals(1, others().size());
    passes(Duration.ofSeconds(1));
    assertEquals(List.of(), others());
  }

  @Test
  void aRestartMakesNoClockRight() {
    starts();
    passes(Duration.ofHours(1));
    // while nothing ran
    shown = shown.minus(Duration.ofHours(8));
    starts();
    assertEquals(List.of(NOON.plus(Duration.ofHours(1))), others());
  }

  @Test
  void anotherBootShowsOnlyThatItWasSetBack() {
    starts();
    boot = new UUID(0, 2);
    up = Duration.ofSeconds(20);
    shown = NOON.plus(Duration.ofDays(3));
    starts();
    assertEquals(List.of(), others());
    boot = new UUID(0, 3);
    shown = NOON;
    starts();
    assertEquals(List.of(NOON.plus(Duration.ofDays(3))), others());
  }
}
