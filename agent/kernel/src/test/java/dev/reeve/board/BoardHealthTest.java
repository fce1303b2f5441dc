package dev.reeve.board;

import static dev.reeve.board.Scene.A;
import static dev.reeve.board.Scene.B;
import static dev.reeve.board.Scene.PER_SPAN;
import static dev.reeve.board.Scene.TRAINER;
import static dev.reeve.board.Scene.device;
import static dev.reeve.board.Scene.feature;
import static dev.reeve.board.Scene.max;
import static dev.reeve.board.Scene.value;
import static dev.reeve.board.Scene.whyNot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.model.Attribute;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How devices are, from readings to what rules and guards see. */
final class BoardHealthTest {
  private static final Feature FATAL = feature(Signal.GPU_FATAL_XIDS, Statistic.INCREASE);
  private static final Feature REPLAYS = feature(Signal.GPU_PCIE_REPLAYS, Statistic.INCREASE);
  private static final Feature SICK = feature(Attribute.GPU_SICK);
  private static final Feature SICK_GPUS = feature(Attribute.WORKLOAD_SICK_GPUS);
  private static final Feature POWER_SHARE = max(Signal.GPU_POWER_SHARE);
  private static final Feature MEMORY_SHARE = max(Signal.GPU_MEMORY_SHARE);
  private static final SubjectId MIG = SubjectId.gpu("GPU-a/3");

  private final Scene scene =
      Scene.asking(FATAL, REPLAYS, SICK, SICK_GPUS, POWER_SHARE, MEMORY_SHARE);
  private double ticking = 100;

  private Said dcgm() {
    return new Said("dcgm:x")
        .lists(device(A), device(B))
        .held(A, TRAINER.subject())
        .held(B, TRAINER.subject())
        .shows(Scene.sighting("trainer", "100@1@boot", A, B));
  }

  private static Subject gpu(Snapshot snapshot, SubjectId id) {
    return snapshot.subject(id).orElseThrow();
  }

  private static Subject.Workload trainer(Snapshot snapshot) {
    return (Subject.Workload) snapshot.subject(TRAINER.subject()).orElseThrow();
  }

  @Test
  void anXidThatOnlyStandsThereHasNotAppearedInTheSpan() {
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, () -> dcgm().reads(A, Signal.GPU_XID, 79));
    assertEquals(0, value(gpu(snapshot, A), FATAL));
  }

  @Test
  void anXidThatAppearsCountsOnceForAsLongAsTheSpanHoldsIt() {
    scene.ticks(PER_SPAN, () -> dcgm().reads(A, Signal.GPU_XID, 0));
    Snapshot snapshot = scene.ticks(PER_SPAN - 1, () -> dcgm().reads(A, Signal.GPU_XID, 79));
    assertEquals(1, value(gpu(snapshot, A), FATAL));
    snapshot = scene.ticks(2, () -> dcgm().reads(A, Signal.GPU_XID, 79));
    assertEquals(0, value(gpu(snapshot, A), FATAL));
  }

  @Test
  void aCounterThatStartsAnewWithItsDriverMakesNoGiantRise() {
    scene.ticks(PER_SPAN, () -> dcgm().reads(A, Signal.GPU_PCIE_REPLAYS, 1_000_000));
    Snapshot snapshot = scene.ticks(2, () -> dcgm().reads(A, Signal.GPU_PCIE_REPLAYS, 3));
    assertEquals(3, value(gpu(snapshot, A), REPLAYS));
  }

  @Test
  void aWorkloadKnowsHowManyOfItsGpusAreSickAndWhy() {
    scene.ticks(1, () -> dcgm().reads(A, Signal.GPU_XID, 0).reads(B, Signal.GPU_XID, 31));
    Snapshot snapshot =
        scene.ticks(1, () -> dcgm().reads(A, Signal.GPU_XID, 79).reads(B, Signal.GPU_XID, 31));
    assertEquals(1, value(trainer(snapshot), SICK_GPUS));
    assertEquals("GPU-a: XID 79, seen 0s ago", trainer(snapshot).sick());
    assertEquals(1, value(gpu(snapshot, A), SICK));
    assertEquals(0, value(gpu(snapshot, B), SICK));
  }

  @Test
  void silenceAboutHealthIsNoSign() {
    Snapshot snapshot = scene.ticks(2, this::dcgm);
    assertEquals(0, value(trainer(snapshot), SICK_GPUS));
    assertEquals("", trainer(snapshot).sick());
    assertEquals("no source gives gpu.fatal_xids", whyNot(gpu(snapshot, A), FATAL));
  }

  @Test
  void whereTheExtentIsUnknownSoIsTheNumberButWhatIsHeldStillProtects() {
    WorkloadSighting reaching =
        Scene.sighting("trainer", "100@1@boot", new Extent.Unknown("it spans several nodes"));
    Snapshot snapshot =
        scene.ticks(
            2,
            () ->
                new Said("dcgm:x")
                    .lists(device(A))
                    .held(A, TRAINER.subject())
                    .shows(reaching)
                    .reads(A, Signal.GPU_REMAP_FAILED, 1));
    assertEquals("it spans several nodes", whyNot(trainer(snapshot), SICK_GPUS));
    assertFalse(trainer(snapshot).sick().isEmpty());
  }

  @Test
  void anInstanceIsAsSickAsItsBoard() {
    Device instance = new Device(MIG, "NVIDIA H100 80GB HBM3", "0", "host", "1g.10gb", 0);
    Snapshot snapshot =
        scene.ticks(
            2,
            () ->
                new Said("dcgm:x")
                    .lists(instance, device(A))
                    .reads(A, Signal.GPU_RECOVERY_ACTION, 1));
    assertEquals(1, value(gpu(snapshot, MIG), SICK));
  }

  @Test
  void formsSharesOfWhatADeviceMayDrawAndHold() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () ->
                dcgm()
                    .reads(A, Signal.GPU_POWER, ticking += 1)
                    .reads(A, Signal.GPU_MEMORY_USED, 20L << 30));
    assertEquals(ticking / 700, value(gpu(snapshot, A), POWER_SHARE));
    assertEquals(0.25, value(gpu(snapshot, A), MEMORY_SHARE));
  }

  @Test
  void hasNoShareOfWhatIsNotKnown() {
    Device strange = new Device(A, "Radeon", "0", "host", "", 0);
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () ->
                new Said("dcgm:x")
                    .lists(strange)
                    .reads(A, Signal.GPU_POWER, ticking += 1)
                    .reads(A, Signal.GPU_MEMORY_USED, 20L << 30));
    assertEquals(
        List.of(
            "the power limit of its model is not known", "no source says how much memory it has"),
        List.of(whyNot(gpu(snapshot, A), POWER_SHARE), whyNot(gpu(snapshot, A), MEMORY_SHARE)));
  }

  @Test
  void aWorkloadKnowsHowManyOfItsGpusItShares() {
    Feature shared = feature(Attribute.WORKLOAD_SHARED_GPUS);
    Scene sharing = Scene.asking(shared);
    Snapshot snapshot =
        sharing.ticks(
            2, () -> dcgm().held(A, TRAINER.subject(), Scene.OTHER.subject()).shows(Scene.OTHER));
    assertEquals(1, value(trainer(snapshot), shared));
  }
}
