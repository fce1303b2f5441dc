package dev.reeve.board;

import static dev.reeve.board.Readings.SECOND;
import static dev.reeve.board.Scene.A;
import static dev.reeve.board.Scene.B;
import static dev.reeve.board.Scene.OTHER;
import static dev.reeve.board.Scene.PER_SPAN;
import static dev.reeve.board.Scene.TICK;
import static dev.reeve.board.Scene.TRAINER;
import static dev.reeve.board.Scene.device;
import static dev.reeve.board.Scene.feature;
import static dev.reeve.board.Scene.max;
import static dev.reeve.board.Scene.value;
import static dev.reeve.board.Scene.whyNot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Device;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.CollectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What sources do to the board: late, twice, ahead, frozen, at odds, or not at all. */
final class BoardSourcesTest {
  private static final Feature UTIL = max(Signal.GPU_UTILIZATION);
  private static final Feature OVER_IDLE = max(Signal.GPU_POWER_OVER_IDLE);
  private static final Feature POWER = max(Signal.GPU_POWER);
  private static final Feature ENERGY = feature(Signal.GPU_ENERGY, Statistic.INCREASE);
  private static final SubjectId MIG = SubjectId.gpu("GPU-a/3");

  private final Scene scene = Scene.asking(UTIL, OVER_IDLE, POWER, ENERGY);
  private double watts = 70;

  private Said dcgm() {
    return new Said("dcgm:x").lists(device(A)).reads(A, Signal.GPU_UTILIZATION, 0);
  }

  private Said smi(double utilization) {
    return new Said("nvidia_smi").lists(device(A)).reads(A, Signal.GPU_UTILIZATION, utilization);
  }

  private static Subject.Gpu gpu(Snapshot snapshot) {
    return snapshot.gpus().get(A);
  }

  private static Map<String, Long> drops(Snapshot snapshot, String source) {
    return snapshot.sources().get(source).drops();
  }

  @Test
  void dropsAnAnswerThatIsOlderThanTheNewest() {
    scene.ticks(PER_SPAN + 1, this::dcgm);
    scene.board.accept(dcgm().reads(A, Signal.GPU_UTILIZATION, 1).at(scene.now - 1));
    Snapshot snapshot = scene.board.snapshot(scene.now);
    assertEquals(0, value(gpu(snapshot), UTIL));
    assertEquals(Map.of("out_of_order", 2L), drops(snapshot, "dcgm:x"));
  }

  @Test
  void dropsASecondAnswerOfTheSameInstant() {
    scene.ticks(PER_SPAN + 1, this::dcgm);
    scene.board.accept(dcgm().reads(A, Signal.GPU_UTILIZATION, 1).at(scene.now));
    Snapshot snapshot = scene.board.snapshot(scene.now);
    assertEquals(0, value(gpu(snapshot), UTIL));
    assertEquals(Map.of("duplicate", 2L), drops(snapshot, "dcgm:x"));
  }

  @Test
  void dropsAnAnswerThatIsMoreThanAnIntervalAhead() {
    scene.ticks(PER_SPAN + 1, this::dcgm);
    scene.board.accept(dcgm().at(scene.now + TICK + 1));
    Snapshot snapshot = scene.board.snapshot(scene.now);
    assertEquals(Map.of("future", 1L), drops(snapshot, "dcgm:x"));
    scene.board.accept(dcgm().at(scene.now + TICK));
    assertEquals(Map.of("future", 1L), drops(scene.board.snapshot(scene.now), "dcgm:x"));
  }

  @Test
  void dropsAnAnswerWithoutAnInterval() {
    scene.board.accept(dcgm().every(Duration.ZERO).at(scene.now));
    Snapshot snapshot = scene.board.snapshot(scene.now);
    assertEquals(Map.of("no_interval", 1L), drops(snapshot, "dcgm:x"));
    assertTrue(snapshot.gpus().isEmpty());
  }

  @Test
  void countsWhatCollectorsDropped() {
    scene.board.accept(dcgm().at(scene.now).withDrops(new TreeMap<>(Map.of("blank", 3L))));
    assertEquals(Map.of("blank", 3L), drops(scene.board.snapshot(scene.now), "dcgm:x"));
  }

  @Test
  void countsWhatIsMeasuredOnNothingThatItKeeps() {
    scene.board.accept(dcgm().reads(SubjectId.node("n"), Signal.GPU_POWER, 1).at(scene.now));
    assertEquals(Map.of("not_measured", 1L), drops(scene.board.snapshot(scene.now), "dcgm:x"));
  }

  @Test
  void aDeviceThatIsRepeatedInOneAnswerIsAsBusyAsItsBusiestLine() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () ->
                dcgm().reads(A, Signal.GPU_UTILIZATION, 0.6).reads(A, Signal.GPU_UTILIZATION, 0.3));
    assertEquals(0.6, value(gpu(snapshot), UTIL));
  }

  @Test
  void saysHowOldTheLastGoodAnswerIsAndWhatWentWrong() {
    scene.ticks(3, this::dcgm);
    scene.now += 20 * SECOND;
    CollectException why = new CollectException(CollectException.Reason.TIMEOUT, "no answer in 5s");
    scene.board.failed("dcgm:x", why);
    scene.board.failed("never", why);
    Snapshot snapshot = scene.board.snapshot(scene.now);
    Snapshot.Source source = snapshot.sources().get("dcgm:x");
    assertEquals(Optional.of(Duration.ofSeconds(20)), source.lastGood());
    assertEquals(Duration.ofSeconds(15), source.interval());
    assertEquals("timeout: no answer in 5s", source.lastError());
    assertEquals(3, source.answers());
    assertEquals(1, source.failures());
    assertEquals(Optional.empty(), snapshot.sources().get("never").lastGood());
    assertEquals(Duration.ZERO, snapshot.sources().get("never").interval());
    assertEquals("", scene.ticks(1, this::dcgm).sources().get("dcgm:x").lastError());
  }

  @Test
  void aGpuOfASilentSourceStaysAndIsUnknown() {
    scene.ticks(PER_SPAN + 1, this::dcgm);
    Snapshot snapshot = scene.ticks(4);
    assertEquals(
        "the newest reading is 1m old, at most 45s are allowed", whyNot(gpu(snapshot), UTIL));
    assertTrue(snapshot.latest().get(A).isEmpty());
  }

  @Test
  void aGpuThatItsSourceLeavesOutIsGoneAfterThreeIntervals() {
    scene.ticks(PER_SPAN + 1, this::dcgm);
    assertTrue(scene.ticks(3, () -> new Said("dcgm:x")).gpus().containsKey(A));
    assertFalse(scene.ticks(1, () -> new Said("dcgm:x")).gpus().containsKey(A));
    Snapshot back = scene.ticks(1, this::dcgm);
    assertTrue(whyNot(gpu(back), UTIL).startsWith("readings reach back 0s"));
  }

  @Test
  void aWorkloadThatItsSourceLeavesOutIsGoneAfterThreeIntervals() {
    scene.ticks(2, () -> new Said("procs").shows(TRAINER, OTHER));
    SubjectId id = TRAINER.subject();
    assertTrue(scene.ticks(3, () -> new Said("procs")).workloads().containsKey(id));
    assertFalse(scene.ticks(1, () -> new Said("procs")).workloads().containsKey(id));
  }

  @Test
  void aWorkloadOfASilentSourceIsUnknownUntilItIsForgotten() {
    scene.ticks(2, () -> new Said("procs").shows(TRAINER).held(A, TRAINER.subject()));
    Snapshot snapshot = scene.ticks(4);
    assertEquals(
        new Subject.Attribution.Unsure("its platform has not shown it for 1m"),
        snapshot.workloads().get(TRAINER.subject()).attribution());
    assertEquals(
        "its platform has not shown it for 1m",
        whyNot(snapshot.workloads().get(TRAINER.subject()), UTIL));
    snapshot = scene.ticks(2 * PER_SPAN);
    assertTrue(snapshot.workloads().isEmpty());
    assertTrue(snapshot.sources().isEmpty());
    assertTrue(snapshot.claims().isEmpty());
  }

  @Test
  void profilingIsTrustedMoreThanTheCommandLineTool() {
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, () -> smi(0.05), this::dcgm);
    assertEquals(0.05, value(gpu(snapshot), UTIL));
    assertEquals(0, snapshot.latest().get(A).get(Signal.GPU_UTILIZATION));
  }

  @Test
  void sourcesAtOddsMakeItUnknown() {
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, () -> smi(1), this::dcgm);
    assertTrue(whyNot(gpu(snapshot), UTIL).startsWith("dcgm:x says 0.000 to 0.000"));
  }

  @Test
  void anotherSourceFillsInForOneThatFailed() {
    scene.ticks(PER_SPAN + 1, () -> smi(0.05), this::dcgm);
    assertEquals(0.05, value(gpu(scene.ticks(10, () -> smi(0.05))), UTIL));
  }

  @Test
  void aDeviceWhoseReadingsStandStillIsNotBelieved() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () -> dcgm().reads(A, Signal.GPU_POWER, 70).reads(A, Signal.GPU_TEMPERATURE, 40));
    assertTrue(whyNot(gpu(snapshot), UTIL).startsWith("power, temperature, clock and energy have"));
  }

  @Test
  void anotherSourceFillsInForOneThatIsFrozen() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () -> smi(0.9),
            () -> dcgm().reads(A, Signal.GPU_POWER, 70).reads(A, Signal.GPU_TEMPERATURE, 40));
    assertEquals(0.9, value(gpu(snapshot), UTIL));
  }

  @Test
  void formsPowerOverTheIdleFloorPerDevice() {
    Snapshot snapshot =
        scene.ticks(PER_SPAN + 1, () -> dcgm().reads(A, Signal.GPU_POWER, watts += 1));
    assertEquals(watts / 70, value(gpu(snapshot), OVER_IDLE));
    assertEquals(watts, value(gpu(snapshot), POWER));
  }

  @Test
  void hasNoIdleFloorForAModelThatItDoesNotKnow() {
    Device strange = new Device(A, "Radeon", "0", "host", "", 0);
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () -> new Said("dcgm:x").lists(strange).reads(A, Signal.GPU_POWER, watts += 1));
    assertEquals("the idle floor of its model is not known", whyNot(gpu(snapshot), OVER_IDLE));
    assertEquals("no source gives gpu.utilization", whyNot(gpu(snapshot), UTIL));
  }

  @Test
  void aMigInstanceHasNoPowerOfItsOwn() {
    Device instance = new Device(MIG, "NVIDIA H100 80GB HBM3", "0", "host", "1g.10gb", 0);
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () ->
                new Said("dcgm:x")
                    .lists(instance)
                    .reads(MIG, Signal.GPU_POWER, watts += 1)
                    .reads(MIG, Signal.GPU_POWER_OVER_IDLE, 1)
                    .reads(MIG, Signal.GPU_ENERGY, watts += 1));
    for (Feature feature : List.of(POWER, OVER_IDLE, ENERGY)) {
      assertEquals(
          "a MIG instance has no power of its own, only its board has",
          whyNot(snapshot.gpus().get(MIG), feature));
    }
    assertTrue(snapshot.witnesses(MIG).isEmpty());
    assertTrue(snapshot.latest().get(MIG).isEmpty());
  }

  @Test
  void aMigInstanceThatWasCutAnewStartsAnew() {
    Device small = new Device(MIG, "NVIDIA H100", "0", "host", "1g.10gb", 0);
    Device large = new Device(MIG, "NVIDIA H100", "0", "host", "3g.40gb", 0);
    scene.ticks(
        PER_SPAN + 1,
        () ->
            new Said("dcgm:x")
                .lists(small)
                .held(MIG, OTHER.subject())
                .reads(MIG, Signal.GPU_UTILIZATION, 0));
    Snapshot snapshot =
        scene.ticks(1, () -> new Said("dcgm:x").lists(large).reads(MIG, Signal.GPU_UTILIZATION, 0));
    assertTrue(whyNot(snapshot.gpus().get(MIG), UTIL).startsWith("readings reach back 0s"));
    assertTrue(snapshot.claims().isEmpty());
    assertEquals("3g.40gb", snapshot.gpus().get(MIG).device().migProfile());
  }

  @Test
  void theMostTrustedSourceDescribesADeviceAndOthersFillIn() {
    Device bare = new Device(A, "NVIDIA H100 PCIe", "", "", "", 0);
    Device full = new Device(A, "H100", "3", "node7", "", 5);
    Snapshot snapshot =
        scene.ticks(
            1,
            () -> new Said("nvidia_smi").lists(full),
            () -> new Said("dcgm:x").lists(bare),
            () -> new Said("other").lists(full));
    assertEquals(new Device(A, "NVIDIA H100 PCIe", "3", "node7", "", 5), gpu(snapshot).device());
  }

  @Test
  void anEnergyReadingThatTheBoardCannotHaveUsedIsDropped() {
    double[] joules = {0};
    scene.ticks(2, () -> dcgm().reads(A, Signal.GPU_ENERGY, joules[0] += 1_500));
    Snapshot snapshot =
        scene.ticks(1, () -> dcgm().reads(A, Signal.GPU_ENERGY, joules[0] + 700 * 15 * 1.2));
    assertEquals(Map.of("implausible", 1L), drops(snapshot, "dcgm:x"));
  }

  @Test
  void keepsNoMoreSubjectsThanItMay() {
    BoardSettings few =
        new BoardSettings(2, 64, Scene.SPAN, Scene.SPAN, 0.1, 0.25, List.of("dcgm"));
    Scene small = new Scene(Scene.table(UTIL), few);
    Snapshot snapshot =
        small.ticks(
            1,
            () ->
                dcgm()
                    .lists(device(B), device(SubjectId.gpu("GPU-c")))
                    .shows(TRAINER, OTHER, Scene.sighting("third", "3"))
                    .reads(SubjectId.gpu("GPU-d"), Signal.GPU_UTILIZATION, 1));
    assertEquals(2, snapshot.gpus().size());
    assertEquals(2, snapshot.workloads().size());
    assertEquals(Map.of("too_many_subjects", 3L), snapshot.drops());
  }

  @Test
  void churnLeavesNothingBehind() {
    int[] number = {0};
    Snapshot snapshot =
        scene.ticks(
            500,
            () -> {
              String name = "w" + number[0]++;
              SubjectId gpu = SubjectId.gpu("GPU-" + name);
              var shown = Scene.sighting(name, name, gpu);
              return new Said("procs")
                  .lists(device(gpu))
                  .shows(shown)
                  .held(gpu, shown.subject())
                  .reads(gpu, Signal.GPU_UTILIZATION, 0)
                  .reads(shown.subject(), Signal.PROCESS_CPU_RATE, 0);
            });
    assertEquals(4, snapshot.gpus().size());
    assertEquals(4, snapshot.workloads().size());
    assertTrue(snapshot.claims().size() <= 2 * PER_SPAN + 4, () -> "" + snapshot.claims().size());
  }
}
