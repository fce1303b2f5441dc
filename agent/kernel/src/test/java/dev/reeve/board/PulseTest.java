package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.MINUTE;
import static dev.reeve.board.Readings.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private static final long INTERVAL = 15 * SECOND;

  private final Pulse pulse = new Pulse();
  private long now = BEGIN;
  private double watts = 70;

  private void still(int beats) {
    for (int i = 0; i < beats; i++) {
      beat(watts, 40);
    }
  }

  private void moving(int beats, int beatsARefresh) {
    for (int i = 0; i < beats; i++) {
      watts += i % beatsARefresh == 0 ? 0.5 : 0;
      beat(watts, 40);
    }
  }

  private void beat(double power, double temperature) {
    now += INTERVAL;
    pulse.read(Signal.GPU_POWER, power, now);
    pulse.read(Signal.GPU_TEMPERATURE, temperature, now);
    pulse.beat(now, INTERVAL);
  }

  private Optional<String> whyNot() {
    return pulse.whyNot(now - 30 * MINUTE, now);
  }

  @Test
  void watchesPowerTemperatureClockAndEnergyOnly() {
    for (Signal signal : Signal.values()) {
      boolean watched =
          signal == Signal.GPU_POWER
              || signal == Signal.GPU_TEMPERATURE
              || signal == Signal.GPU_SM_CLOCK
              || signal == Signal.GPU_ENERGY;
      assertEquals(watched, Pulse.watches(signal), signal::text);
    }
  }

  @Test
  void isFrozenAfterTenMinutesWithoutAnyChange() {
    still(40);
    assertTrue(whyNot().isEmpty());
    still(1);
    assertEquals(
        "power, temperature, clock and energy have not moved for 10m, at most 10m are believed",
        whyNot().orElseThrow());
  }

  @Test
  void isAliveWhileAnyOfThemMoves() {
    for (int i = 0; i < 100; i++) {
      beat(70, i % 30 == 0 ? 41 : 40);
    }
    assertTrue(whyNot().isEmpty());
  }

  @Test
  void energyAndClockAreSignsOfLifeToo() {
    for (int i = 0; i < 100; i++) {
      now += INTERVAL;
      pulse.read(Signal.GPU_SM_CLOCK, 1410e6, now);
      pulse.read(Signal.GPU_ENERGY, i, now);
      pulse.beat(now, INTERVAL);
    }
    assertTrue(whyNot().isEmpty());
    for (int i = 0; i < 100; i++) {
      now += INTERVAL;
      pulse.read(Signal.GPU_SM_CLOCK, 1410e6, now);
      pulse.read(Signal.GPU_ENERGY, 5, now);
      pulse.beat(now, INTERVAL);
    }
    assertTrue(whyNot().isPresent());
  }

  @Test
  void cannotJudgeByOneOfThemAlone() {
    for (int i = 0; i < 100; i++) {
      now += INTERVAL;
      pulse.read(Signal.GPU_TEMPERATURE, 40, now);
      pulse.beat(now, INTERVAL);
    }
    assertTrue(whyNot().isEmpty());
  }

  @Test
  void oneThatIsNotReadAnyMoreIsNoSecond() {
    still(20);
    for (int i = 0; i < 50; i++) {
      now += INTERVAL;
      pulse.read(Signal.GPU_POWER, watts, now);
      pulse.beat(now, INTERVAL);
    }
    assertTrue(whyNot().isEmpty());
  }

  @Test
  void learnsHowOftenASlowSourceRefreshes() {
    moving(80, 8);
    still(40);
    assertTrue(whyNot().isEmpty(), "ten refreshes of 2 minutes are 20 minutes");
    still(40);
    assertTrue(whyNot().isPresent());
  }

  @Test
  void doesNotLearnFromTheTimeItWasFrozen() {
    moving(40, 1);
    still(200);
    moving(1, 1);
    still(41);
    assertTrue(pulse.whyNot(now, now).isPresent());
  }

  @Test
  void doesNotBelieveASpanThatReachesIntoAFrozenTime() {
    still(60);
    moving(20, 1);
    assertEquals(
        "power, temperature, clock and energy did not move for long until 5m ago",
        whyNot().orElseThrow());
    assertFalse(pulse.whyNot(now - 20 * INTERVAL - 1, now).isEmpty());
    assertTrue(pulse.whyNot(now - 20 * INTERVAL, now).isEmpty());
  }
}
