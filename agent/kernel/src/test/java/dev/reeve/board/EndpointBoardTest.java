package dev.reeve.board;

import static dev.reeve.board.Scene.PER_SPAN;
import static dev.reeve.board.Scene.SPAN;
import static dev.reeve.board.Scene.TRAINER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Bound;
import dev.reeve.model.Buckets;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Feature;
import dev.reeve.model.Quantile;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EndpointBoardTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final List<Double> BOUNDS = List.of(0.1, 0.5, 1.0, INF);
  private static final Feature UPPER =
      new Feature.OfQuantile(Signal.ENDPOINT_TTFT, Quantile.P95, SPAN, Bound.UPPER);
  private static final Feature LOWER =
      new Feature.OfQuantile(Signal.ENDPOINT_TTFT, Quantile.P95, SPAN, Bound.LOWER);
  private static final Feature SLO = new Feature.OfAttribute(Attribute.ENDPOINT_SLO);
  private static final Feature QUEUE = Scene.max(Signal.ENDPOINT_QUEUE);
  private static final SubjectId ID = SubjectId.endpoint(TRAINER.subject(), "chat");

  private static final Map<SubjectKind, List<Feature>> ASKED =
      Map.of(SubjectKind.ENDPOINT, List.of(UPPER, LOWER, SLO, QUEUE));

  private Scene scene = new Scene(ASKED);
  private final Map<String, double[]> counts = new TreeMap<>();

  /** One more answer of a replica, in which each bucket took that many more. */
  private EndpointReading replica(String name, List<Double> bounds, double... added) {
    double[] all = counts.computeIfAbsent(name, _ -> new double[added.length]);
    List<Double> cumulative = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < added.length; i++) {
      all[i] += added[i];
      sum += all[i];
      cumulative.add(sum);
    }
    return reading(name, OptionalDouble.of(0.5), new Buckets(bounds, cumulative));
  }

  private static EndpointReading reading(String replica, OptionalDouble slo, Buckets ttft) {
    return new EndpointReading(
        TRAINER.subject(),
        "chat",
        replica,
        slo,
        new TreeMap<>(Map.of(Signal.ENDPOINT_QUEUE, 2.0)),
        new TreeMap<>(Map.of(Signal.ENDPOINT_TTFT, ttft)));
  }

  private Subject after(int ticks, java.util.function.Supplier<List<EndpointReading>> read) {
    return scene
        .ticks(ticks, () -> new Said("serving").shows(TRAINER).serves(read.get()))
        .subject(ID)
        .orElseThrow();
  }

  private void unknown(Subject endpoint, String why) {
    assertFalse(Scene.known(endpoint, UPPER));
    assertFalse(Scene.known(endpoint, LOWER));
    String said = Scene.whyNot(endpoint, UPPER);
    assertTrue(said.contains(why), said);
  }

  @Test
  void bothEndsOfTheBucketAreKnownAndOwnedByTheWorkload() {
    Subject endpoint = after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0)));
    assertEquals(0.5, Scene.value(endpoint, UPPER));
    assertEquals(0.1, Scene.value(endpoint, LOWER));
    assertEquals(0.5, Scene.value(endpoint, SLO));
    assertEquals(TRAINER.subject().key(), endpoint.fact().owner());
  }

  @Test
  void aQuantileOfTwoReplicasIsThatOfAllTheirRequests() {
    // the quantile of the busy one is 0.1, of the idle one 1.0, of all requests 0.1
    Subject endpoint =
        after(
            PER_SPAN + 1,
            () -> List.of(replica("a", BOUNDS, 97, 1, 0, 0), replica("b", BOUNDS, 0, 0, 2, 0)));
    assertEquals(0.1, Scene.value(endpoint, UPPER));
    assertEquals(4, Scene.value(endpoint, QUEUE));
  }

  @Test
  void aReplicaThatFellSilentMakesTheWholeUnknown() {
    after(
        PER_SPAN + 1,
        () -> List.of(replica("a", BOUNDS, 97, 1, 0, 0), replica("b", BOUNDS, 0, 0, 2, 0)));
    unknown(after(5, () -> List.of(replica("a", BOUNDS, 97, 1, 0, 0))), "chat/b");
  }

  @Test
  void aReplicaTooManyMakesTheWholeUnknownUntilItIsForgotten() {
    BoardSettings all = BoardSettings.defaults();
    scene =
        new Scene(
            ASKED,
            new BoardSettings(
                2,
                all.samples(),
                all.leastSpan(),
                all.runRetention(),
                all.ratioTolerance(),
                all.relativeTolerance(),
                all.sourceOrder()));
    unknown(
        after(
            PER_SPAN + 1,
            () ->
                List.of(
                    replica("a", BOUNDS, 97, 1, 0, 0),
                    replica("b", BOUNDS, 97, 1, 0, 0),
                    replica("c", BOUNDS, 0, 0, 2, 0))),
        "more than 2 replicas");
    assertTrue(
        Scene.known(
            after(
                3 * PER_SPAN,
                () ->
                    List.of(replica("a", BOUNDS, 97, 1, 0, 0), replica("b", BOUNDS, 97, 1, 0, 0))),
            UPPER));
  }

  @Test
  void aRestartIsUnknownUntilASpanLiesBehindIt() {
    after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0)));
    counts.clear();
    unknown(after(PER_SPAN, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0))), "began anew");
    assertTrue(Scene.known(after(1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0))), UPPER));
  }

  @Test
  void oneBucketThatFellIsARestartThoughTheTotalRose() {
    after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0)));
    counts.put("", new double[] {1, 1e6, 0, 0});
    unknown(after(1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0))), "began anew");
  }

  @Test
  void bucketsWithoutInfinityTellNothing() {
    List<Double> open = List.of(0.1, 0.5, 1.0);
    unknown(after(PER_SPAN + 1, () -> List.of(replica("", open, 90, 10, 0))), "+Inf is missing");
  }

  @Test
  void bucketsThatChangeAreUnknownUntilASpanLiesBehindThat() {
    after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 90, 10, 0, 0)));
    List<Double> other = List.of(0.1, 0.4, 1.0, INF);
    unknown(after(1, () -> List.of(replica("", other, 90, 10, 0, 0))), "buckets changed");
  }

  @Test
  void replicasThatCountByOtherBucketsAreNotAdded() {
    List<Double> other = List.of(0.1, 0.4, 1.0, INF);
    unknown(
        after(
            PER_SPAN + 1,
            () -> List.of(replica("a", BOUNDS, 90, 10, 0, 0), replica("b", other, 9, 1, 0, 0))),
        "different buckets");
  }

  @Test
  void anEndpointThatNobodyAsksIsUnknownAndNotFast() {
    unknown(
        after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 0, 0, 0, 0))),
        "nothing was observed");
  }

  @Test
  void aQuantileAboveTheLastBoundIsKnownFromBelowOnly() {
    Subject endpoint = after(PER_SPAN + 1, () -> List.of(replica("", BOUNDS, 50, 0, 0, 50)));
    assertEquals(1.0, Scene.value(endpoint, LOWER));
    assertFalse(Scene.known(endpoint, UPPER));
    assertEquals("p95 is above the last bound, 1.0", Scene.whyNot(endpoint, UPPER));
  }

  @Test
  void objectivesThatContradictEachOtherAreNone() {
    Buckets some = new Buckets(BOUNDS, List.of(1.0, 1.0, 1.0, 1.0));
    Subject endpoint =
        after(
            1,
            () ->
                List.of(
                    reading("a", OptionalDouble.of(0.5), some),
                    reading("b", OptionalDouble.of(2), some)));
    assertFalse(Scene.known(endpoint, SLO));
    assertEquals("its owner declares several objectives: [0.5, 2.0]", Scene.whyNot(endpoint, SLO));
  }
}
