package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.decision.MemoryJournal;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.time.Clocks;
import dev.reeve.time.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SteadyWallTest {
  private static final double SPEED = 4;

  private final FakeTicker evidence = new FakeTicker();
  private Instant shown = Instant.parse("2024-06-03T08:10:00Z");
  private final SteadyWall wall =
      new SteadyWall(
          new Clocks(evidence, evidence, () -> shown, "boot", SPEED),
          new MemoryJournal(evidence, () -> shown).open());

  private Duration after(Duration time, Duration set) {
    evidence.advance(time.multipliedBy((long) SPEED));
    shown = shown.plus(time).plus(set);
    return wall.read().steady();
  }

  @Test
  void aClockThatGoesOnIsSteadyHoweverSeldomItIsReadAndHoweverFastEvidencePasses() {
    wall.read();
    assertEquals(TimesOfWeek.MOST, after(Duration.ofSeconds(15), Duration.ZERO));
    assertEquals(TimesOfWeek.MOST, after(Duration.ofHours(9), Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(longs = {4 * 60, -4 * 60, 2})
  void aClockThatWasSetIsSteadyOnlySince(long minutes) {
    wall.read();
    assertEquals(Duration.ZERO, after(Duration.ofSeconds(15), Duration.ofMinutes(minutes)));
    assertEquals(Duration.ofMinutes(10), after(Duration.ofMinutes(10), Duration.ZERO));
  }

  @Test
  void showsWhatItWouldBeIfItHadNotBeenSet() {
    Instant before = shown;
    wall.read();
    shown = shown.minus(Duration.ofHours(3));
    assertEquals(List.of(before), wall.read().others());
  }
}
