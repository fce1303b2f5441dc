package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Bound;
import dev.reeve.model.Buckets;
import dev.reeve.model.Fold;
import dev.reeve.model.Quantile;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The fold of buckets against every single value that was observed, for random endpoints. */
final class HistogramPropertyTest {
  private static final int ENDPOINTS = 150;
  private static final int TICKS = 220;
  private static final int MOST = 40;
  private static final long TICK = 15 * SECOND;

  private final Map<String, Integer> seen = new TreeMap<>();

  /** One replica: what it has observed since it began, tick by tick, and what is kept of it. */
  private static final class Replica {
    private final HistogramRing ring = new HistogramRing(new Depth(60 * TICK, 1 << 12));
    private final List<List<Double>> byTick = new ArrayList<>();
    private final List<Double> bounds;
    private final double[] counts;
    private int began;

    Replica(List<Double> bounds) {
      this.bounds = bounds;
      counts = new double[bounds.size()];
    }

    void tick(int tick, int rate, Random random) {
      // more was counted than one tick can bring, so that a restart is seen in +Inf
      if (counts[counts.length - 1] > MOST && random.nextDouble() < 0.004) {
        Arrays.fill(counts, 0);
        began = tick;
      }
      byTick.add(new ArrayList<>());
      int observations = random.nextInt(rate);
      for (int i = 0; i < observations; i++) {
        observe(random.nextInt(350) / 100.0);
      }
      List<Double> now = Arrays.stream(counts).boxed().toList();
      ring.take(BEGIN + tick * TICK, new Buckets(bounds, now), TICK);
    }

    private void observe(double value) {
      byTick.getLast().add(value);
      for (int i = 0; i < counts.length; i++) {
        counts[i] += value <= bounds.get(i) ? 1 : 0;
      }
    }

    List<Double> since(int tick) {
      return byTick.subList(tick + 1, byTick.size()).stream().flatMap(List::stream).toList();
    }
  }

  @Test
  void theTrueQuantileLiesBetweenTheBoundsAndWhatCannotBeToldIsUnknown() {
    for (long seed = 1; seed <= ENDPOINTS; seed++) {
      endpoint(new Random(seed));
    }
    for (String what : List.of("bounded", "reset", "few", "none", "above")) {
      assertTrue(seen.getOrDefault(what, 0) > 20, what + " hardly occurred: " + seen);
    }
  }

  private void endpoint(Random random) {
    List<Double> bounds = bounds(random);
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      replicas.add(new Replica(bounds));
    }
    int rate = random.nextInt(4) == 0 ? 1 : MOST;
    double quiet = random.nextDouble();
    for (int tick = 0; tick < TICKS; tick++) {
      for (Replica replica : replicas) {
        replica.tick(tick, random.nextDouble() < quiet * quiet ? 1 : rate, random);
      }
      int span = 1 + random.nextInt(60);
      if (tick >= span + 1) {
        check(replicas, tick, span);
      }
    }
  }

  private static List<Double> bounds(Random random) {
    SortedSet<Double> finite = new TreeSet<>();
    for (int i = 0; i <= random.nextInt(8); i++) {
      finite.add(0.01 + random.nextInt(300) / 100.0);
    }
    List<Double> bounds = new ArrayList<>(finite);
    bounds.add(Double.POSITIVE_INFINITY);
    return bounds;
  }

  private void check(List<Replica> replicas, int tick, int span) {
    long now = BEGIN + tick * TICK;
    List<MemberFold.Member> members = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    boolean reset = false;
    for (Replica replica : replicas) {
      SubjectId id = new SubjectId(SubjectKind.ENDPOINT, "e/" + members.size());
      members.add(new MemberFold.Member(id, replica.ring.window(span * TICK, now)));
      values.addAll(replica.since(tick - span));
      reset |= replica.began > tick - span;
    }
    Window window = MemberFold.fold(Fold.BUCKETS, members);
    if (reset) {
      count("reset");
      assertInstanceOf(Window.Unknown.class, window);
      return;
    }
    Buckets added = assertInstanceOf(Window.Counted.class, window, window::toString).added();
    assertEquals(values.size(), added.observations());
    Collections.sort(values);
    for (Quantile quantile : Quantile.values()) {
      check(quantile, added, values);
    }
  }

  private void check(Quantile quantile, Buckets added, List<Double> values) {
    boolean lower = added.whyNot(quantile, Bound.LOWER).isEmpty();
    boolean upper = added.whyNot(quantile, Bound.UPPER).isEmpty();
    if (values.size() < quantile.least()) {
      count(values.isEmpty() ? "none" : "few");
      assertTrue(!lower && !upper, "known of " + values.size() + " values");
      return;
    }
    int percent = Integer.parseInt(quantile.text().substring(1));
    double exact = values.get((percent * values.size() + 99) / 100 - 1);
    assertTrue(lower);
    double least = added.quantile(quantile, Bound.LOWER);
    double most = added.quantile(quantile, Bound.UPPER);
    assertTrue(least <= exact && exact <= most, least + " to " + most + ", not " + exact);
    assertEquals(Double.isFinite(most), upper);
    count(upper ? "bounded" : "above");
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }
}
