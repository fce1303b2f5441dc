package dev.reeve.board;

import static dev.reeve.board.Scene.A;
import static dev.reeve.board.Scene.B;
import static dev.reeve.board.Scene.OTHER;
import static dev.reeve.board.Scene.SPAN;
import static dev.reeve.board.Scene.TICK;
import static dev.reeve.board.Scene.device;
import static dev.reeve.board.Scene.feature;
import static dev.reeve.board.Scene.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Feature;
import dev.reeve.model.Observation;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The whole board against a plain recomputation, for random lives of two GPUs and two tenants. */
final class BoardPropertyTest {
  private static final int LIVES = 150;
  private static final int TICKS = 160;
  private static final WorkloadSighting BOTH = sighting("trainer", "100@1@boot", A, B);
  private static final List<SubjectId> GPUS = List.of(A, B);

  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void extremesOverAnExtentAreThoseOfAllReadings() {
    for (long seed = 1; seed <= LIVES; seed++) {
      new Life(seed, Signal.GPU_ENGINE_ACTIVE).live();
    }
    allCasesOccurred();
  }

  @Test
  void sumsOverAnExtentAreThoseOfAllReadings() {
    for (long seed = 1; seed <= LIVES; seed++) {
      new Life(1_000 + seed, Signal.GPU_PCIE_RATE).live();
    }
    allCasesOccurred();
  }

  private void allCasesOccurred() {
    for (Window.Reason reason :
        List.of(
            Window.Reason.TOO_YOUNG,
            Window.Reason.CHANGED_HANDS,
            Window.Reason.CLAIM_UNSURE,
            Window.Reason.MEMBER_MISSING,
            Window.Reason.EXTENT_UNKNOWN)) {
      assertTrue(seen.getOrDefault(reason.name(), 0) > 50, seen::toString);
    }
    assertTrue(seen.getOrDefault("KNOWN", 0) > 1_000, seen::toString);
  }

  private final class Life {
    private final String hint;
    private final Random random;
    private final Signal signal;
    private final Scene scene;
    private final NaiveBoard naive = new NaiveBoard();
    private final double trouble;
    private final Map<SubjectId, Integer> dark = new TreeMap<>();
    private boolean othersTurn;
    private int silent;

    Life(long seed, Signal signal) {
      this.hint = "seed " + seed;
      this.random = new Random(seed);
      this.signal = signal;
      this.scene =
          Scene.asking(
              feature(signal, Statistic.MIN),
              feature(signal, Statistic.MAX),
              feature(signal, Statistic.MEAN));
      this.trouble = random.nextInt(3) * 0.01;
    }

    void live() {
      for (int tick = 0; tick < TICKS; tick++) {
        scene.now += TICK;
        accept(readings());
        silent = random.nextDouble() < trouble ? 1 + random.nextInt(5) : silent - 1;
        if (tick == 0 || silent <= 0) {
          acceptHoldings(holders());
        }
        compare(hint + ", tick " + tick);
      }
    }

    private void accept(Observation observation) {
      scene.board.accept(observation);
      naive.readings(observation, signal);
      if (random.nextDouble() < trouble) {
        Observation late = readings();
        long at = scene.now - random.nextInt(3) * TICK;
        scene.board.accept(
            Observation.ofDevices(
                late.source(), at, late.interval(), late.devices(), late.samples()));
      }
    }

    private Observation readings() {
      Said said = new Said("dcgm:x").lists(device(A), device(B));
      for (SubjectId gpu : GPUS) {
        int left = dark.getOrDefault(gpu, 0);
        dark.put(gpu, random.nextDouble() < trouble ? 1 + random.nextInt(6) : left - 1);
        if (left <= 0) {
          said.reads(gpu, signal, random.nextInt(5) == 0 ? random.nextDouble() : 0);
        }
      }
      return said.at(scene.now);
    }

    private void acceptHoldings(Observation observation) {
      scene.board.accept(observation);
      naive.holdings(observation);
    }

    private Observation holders() {
      othersTurn ^= random.nextDouble() < trouble;
      Said said = new Said("procs").shows(BOTH, OTHER);
      for (SubjectId gpu : GPUS) {
        double dice = random.nextDouble();
        if (dice < trouble) {
          said.unsure(gpu);
        } else if (dice < 1.2 * trouble) {
          said.nobody(gpu);
        } else if (dice >= 2.5 * trouble) {
          said.held(gpu, gpu.equals(B) && othersTurn ? OTHER.subject() : BOTH.subject());
        }
      }
      return said.at(scene.now);
    }

    private void compare(String where) {
      Snapshot snapshot = scene.board.snapshot(scene.now);
      Window expected = naive.window(BOTH, signal, SPAN.toNanos(), scene.now);
      seen.merge(
          expected instanceof Window.Unknown unknown ? unknown.reason().name() : "KNOWN",
          1,
          Integer::sum);
      Window actual = snapshot.witnesses(BOTH.subject(), SPAN).get(signal);
      if (actual != null || expected instanceof Window.Known) {
        Readings.assertSame(expected, actual, where);
      }
      Subject workload = snapshot.workloads().get(BOTH.subject());
      for (Statistic statistic : List.of(Statistic.MIN, Statistic.MAX, Statistic.MEAN)) {
        Feature feature = feature(signal, statistic);
        switch (expected) {
          case Window.Known known ->
              assertEquals(known.value(statistic), Scene.value(workload, feature), 1e-9, where);
          case Window.Counted _ -> throw new AssertionError(where);
          case Window.Unknown _ -> assertFalse(Scene.known(workload, feature), where);
        }
      }
    }
  }
}
