package dev.reeve.board;

import static dev.reeve.board.Readings.known;
import static dev.reeve.board.Readings.unknown;
import static dev.reeve.board.Scene.A;
import static dev.reeve.board.Scene.B;
import static dev.reeve.board.Scene.OTHER;
import static dev.reeve.board.Scene.PER_SPAN;
import static dev.reeve.board.Scene.SPAN;
import static dev.reeve.board.Scene.TRAINER;
import static dev.reeve.board.Scene.device;
import static dev.reeve.board.Scene.feature;
import static dev.reeve.board.Scene.max;
import static dev.reeve.board.Scene.sighting;
import static dev.reeve.board.Scene.value;
import static dev.reeve.board.Scene.whyNot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Feature;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Statistic;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workloads and GPUs on the whole board. */
final class BoardTest {
  private static final Feature ENGINE = max(Signal.GPU_ENGINE_ACTIVE);
  private static final Feature CPU = max(Signal.PROCESS_CPU_RATE);
  private static final Feature PRICE = max(Signal.COST_RATE);
  private static final Feature ENERGY = feature(Signal.GPU_ENERGY, Statistic.INCREASE);
  private static final Feature GPUS = feature(Attribute.WORKLOAD_GPUS);
  private static final Feature UNHELD = feature(Attribute.GPU_UNHELD);

  private Scene scene =
      Scene.asking(ENGINE, CPU, PRICE, ENERGY, max(Signal.GPU_ENERGY), GPUS, UNHELD);
  private double engineA = 0.001;
  private double engineB = 0.002;

  private Said dcgm() {
    return new Said("dcgm:x")
        .lists(device(A), device(B))
        .reads(A, Signal.GPU_ENGINE_ACTIVE, engineA)
        .reads(B, Signal.GPU_ENGINE_ACTIVE, engineB);
  }

  private static Said node(WorkloadSighting workload, SubjectId... devices) {
    Said said = new Said("procs").shows(workload);
    for (SubjectId device : devices) {
      said.held(device, workload.subject());
    }
    return said;
  }

  private static Subject.Workload workload(Snapshot snapshot, WorkloadSighting sighting) {
    return assertInstanceOf(
        Subject.Workload.class, snapshot.subject(sighting.subject()).orElseThrow());
  }

  private Subject.Workload trainer(Snapshot snapshot) {
    return workload(snapshot, TRAINER);
  }

  @Test
  void aWorkloadHasTheWindowOfTheGpuThatItHeldThroughout() {
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(TRAINER, A));
    assertEquals(0.001, value(trainer(snapshot), ENGINE));
    assertEquals(new Subject.Attribution.Agreed(), trainer(snapshot).attribution());
    assertEquals(1, value(trainer(snapshot), GPUS));
  }

  @Test
  void aWorkloadIsIdleOnlyIfItsWholeExtentIs() {
    engineB = 0.9;
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, B);
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(both, A, B));
    assertEquals(0.9, value(trainer(snapshot), ENGINE));
    assertEquals(2, value(trainer(snapshot), GPUS));
  }

  @Test
  void aMemberThatNoSourceListsIsMissing() {
    SubjectId far = SubjectId.gpu("GPU-far");
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, far);
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(both, A, far));
    assertEquals("GPU-far: no source lists this GPU", whyNot(trainer(snapshot), ENGINE));
    assertEquals(new Cost.Unknown("GPU-far: no source lists this GPU"), trainer(snapshot).cost());
  }

  @Test
  void anUnknownExtentMakesEveryWindowUnknown() {
    Extent unknown = new Extent.Unknown("WORLD_SIZE is 16, 8 ranks are here");
    WorkloadSighting wide = sighting("trainer", "100@1@boot", unknown);
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            this::dcgm,
            () -> node(wide, A).reads(wide.subject(), Signal.PROCESS_CPU_RATE, 0));
    for (Feature feature : java.util.List.of(ENGINE, CPU, PRICE, GPUS)) {
      assertEquals("WORLD_SIZE is 16, 8 ranks are here", whyNot(trainer(snapshot), feature));
    }
    assertInstanceOf(Subject.Attribution.Unsure.class, trainer(snapshot).attribution());
    assertInstanceOf(Cost.Unknown.class, trainer(snapshot).cost());
    unknown(
        Window.Reason.EXTENT_UNKNOWN,
        snapshot.witnesses(wide.subject()).get(Signal.GPU_ENGINE_ACTIVE));
  }

  @Test
  void aGpuThatChangedHandsSaysNothingOfItsNewHolder() {
    scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(OTHER, A));
    Snapshot snapshot = scene.ticks(PER_SPAN, this::dcgm, () -> node(TRAINER, A));
    assertTrue(whyNot(trainer(snapshot), ENGINE).startsWith("GPU-a was held by "));
    snapshot = scene.ticks(1, this::dcgm, () -> node(TRAINER, A));
    assertEquals(0.001, value(trainer(snapshot), ENGINE));
  }

  @Test
  void aYoungClaimSaysNothingYet() {
    scene.ticks(PER_SPAN, this::dcgm);
    Snapshot snapshot = scene.ticks(5, this::dcgm, () -> node(TRAINER, A));
    assertEquals("GPU-a is held for 1m, 10m are needed", whyNot(trainer(snapshot), ENGINE));
    assertEquals(0.001, value(snapshot.gpus().get(A), ENGINE));
  }

  @Test
  void aDeviceOfTheExtentThatNobodyClaimsIsUnsure() {
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, B);
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(both, A));
    assertEquals("GPU-b: no source says who holds it", whyNot(trainer(snapshot), ENGINE));
    assertEquals(
        new Subject.Attribution.Unsure("GPU-b: no source says who holds it"),
        trainer(snapshot).attribution());
  }

  @Test
  void aDeviceBeyondTheExtentIsUnsureAndStillProtects() {
    engineB = 0.9;
    Snapshot snapshot = scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(TRAINER, A, B));
    assertEquals(0.9, value(trainer(snapshot), ENGINE));
    assertEquals(
        new Subject.Attribution.Unsure("GPU-b: it is said to hold it, but its platform is silent"),
        trainer(snapshot).attribution());
  }

  @Test
  void oneBusyTenantProtectsAllThatShareAGpu() {
    engineA = 0.8;
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            this::dcgm,
            () ->
                new Said("procs")
                    .shows(TRAINER, OTHER)
                    .held(A, TRAINER.subject(), OTHER.subject()));
    assertEquals(0.8, value(trainer(snapshot), ENGINE));
    assertEquals(0.8, value(workload(snapshot, OTHER), ENGINE));
    assertEquals(Optional.empty(), snapshot.gpus().get(A).holder());
  }

  @Test
  void aGpuNamesItsOneHolder() {
    Snapshot snapshot = scene.ticks(2, this::dcgm, () -> node(TRAINER, A));
    assertEquals(Optional.of(TRAINER.subject()), snapshot.gpus().get(A).holder());
    assertEquals(Optional.empty(), snapshot.gpus().get(B).holder());
    assertEquals(TRAINER.subject().key(), snapshot.gpus().get(A).fact().owner());
    assertEquals("GPU-a@boot", snapshot.gpus().get(A).incarnation());
  }

  @Test
  void theCpuOfAWorkloadIsItsOwn() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            this::dcgm,
            () -> node(TRAINER, A).reads(TRAINER.subject(), Signal.PROCESS_CPU_RATE, 1.5));
    assertEquals(1.5, value(trainer(snapshot), CPU));
    assertEquals("no source gives process.cpu_rate", whyNot(snapshot.gpus().get(A), CPU));
    assertEquals(1.5, snapshot.latest().get(TRAINER.subject()).get(Signal.PROCESS_CPU_RATE));
  }

  @Test
  void aWorkloadCostsWhatItsExtentCosts() {
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, B);
    Snapshot snapshot = scene.ticks(2, this::dcgm, () -> node(both, A, B));
    assertEquals(new Cost.Known(MoneyPerHour.of("4.00", "USD"), "list"), trainer(snapshot).cost());
    assertEquals(4, value(trainer(snapshot), PRICE));
    assertEquals(2.5, value(snapshot.gpus().get(A), PRICE));
    assertEquals(
        new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list"), snapshot.gpus().get(A).cost());
  }

  @Test
  void aCostIsKnownInItsOwnCurrencyAlone() {
    Feature dollars = new Feature.OfCost(Currency.getInstance("USD"));
    Feature euros = new Feature.OfCost(Currency.getInstance("EUR"));
    scene = Scene.asking(dollars, euros);
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, B);
    Snapshot snapshot = scene.ticks(2, this::dcgm, () -> node(both, A, B));
    assertEquals(4, value(trainer(snapshot), dollars));
    assertEquals(2.5, value(snapshot.gpus().get(A), dollars));
    assertEquals("it is priced in USD, the rule asks in EUR", whyNot(trainer(snapshot), euros));
  }

  @Test
  void aWorkloadHasAGpuModelWhereAllItsGpusAreOfOne() {
    SubjectId other = SubjectId.gpu("GPU-other");
    Device old = new Device(other, "Tesla T4", "1", "host", "", 1L << 30);
    WorkloadSighting mixed = sighting("mixed", "300@1@boot", A, other);
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, B);
    Snapshot snapshot =
        scene.ticks(2, () -> dcgm().lists(old), () -> node(both, A, B).shows(mixed));
    assertEquals("NVIDIA H100 80GB HBM3", trainer(snapshot).slots().gpuModel());
    assertEquals("Tesla T4", snapshot.gpus().get(other).slots().gpuModel());
    assertEquals("", workload(snapshot, mixed).slots().gpuModel());
  }

  @Test
  void theCostOfTwoCurrenciesIsUnknown() {
    SubjectId euro = SubjectId.gpu("GPU-eur");
    WorkloadSighting both = sighting("trainer", "100@1@boot", A, euro);
    Snapshot snapshot = scene.ticks(2, () -> dcgm().lists(device(euro)), () -> node(both, A, euro));
    assertEquals(
        new Cost.Unknown("its GPUs are priced in USD and EUR; give all prices in one currency"),
        trainer(snapshot).cost());
    assertTrue(whyNot(trainer(snapshot), PRICE).startsWith("its cost is not known: "));
  }

  @Test
  void theCostOfAWorkloadWithoutAPriceOrAGpuIsUnknown() {
    SubjectId free = SubjectId.gpu("GPU-free");
    WorkloadSighting one = sighting("trainer", "100@1@boot", free);
    Snapshot snapshot =
        scene.ticks(
            2, () -> dcgm().lists(device(free)), () -> node(one, free).shows(sighting("b", "2")));
    assertEquals(
        new Cost.Unknown("GPU-free: give a price for NVIDIA H100 80GB HBM3"),
        trainer(snapshot).cost());
    assertEquals(new Cost.Unknown("it has no GPU"), workload(snapshot, sighting("b", "2")).cost());
  }

  @Test
  void aGpuIsUnheldForAsLongAsNobodyHasIt() {
    Snapshot snapshot = scene.ticks(5, this::dcgm, () -> new Said("procs").nobody(A).unsure(B));
    assertEquals(60, value(snapshot.gpus().get(A), UNHELD));
    assertEquals(
        "no lookup that proves itself says that nobody holds it",
        whyNot(snapshot.gpus().get(B), UNHELD));
    assertEquals(
        "gpu.unheld belongs to another kind of subject",
        whyNot(workload(scene.ticks(1, () -> node(TRAINER, A)), TRAINER), UNHELD));
  }

  @Test
  void ofACounterOnlyTheIncreaseIsKnown() {
    double[] joules = {0};
    Snapshot snapshot =
        scene.ticks(PER_SPAN + 1, () -> dcgm().reads(A, Signal.GPU_ENERGY, joules[0] += 1_500));
    Subject.Gpu gpu = snapshot.gpus().get(A);
    assertEquals(PER_SPAN * 1_500, value(gpu, ENERGY));
    assertEquals("of a counter only the increase is known", whyNot(gpu, max(Signal.GPU_ENERGY)));
  }

  @Test
  void onlyCountersHaveAnIncrease() {
    Feature wrong = feature(Signal.GPU_ENGINE_ACTIVE, Statistic.INCREASE);
    Scene strange = Scene.asking(wrong);
    Snapshot snapshot = strange.ticks(PER_SPAN + 1, this::dcgm);
    assertEquals("only counters have an increase", whyNot(snapshot.gpus().get(A), wrong));
  }

  @Test
  void anotherTableKeepsWhatWasMeasured() {
    scene.ticks(PER_SPAN + 1, this::dcgm, () -> node(TRAINER, A));
    Feature mean = feature(Signal.GPU_ENGINE_ACTIVE, Statistic.MEAN);
    Feature longer =
        new Feature.OfWindow(
            Signal.GPU_ENGINE_ACTIVE, Statistic.MEAN, SPAN.plus(Duration.ofMinutes(5)));
    scene.board.reconfigure(SlotTable.ofFeatures(Scene.table(mean, longer)));
    Snapshot snapshot = scene.ticks(1, this::dcgm, () -> node(TRAINER, A));
    assertEquals(0.001, value(trainer(snapshot), mean), 1e-12);
    assertFalse(Scene.known(trainer(snapshot), longer));
    snapshot = scene.ticks(20, this::dcgm, () -> node(TRAINER, A));
    assertEquals(0.001, value(trainer(snapshot), longer), 1e-12);
    assertEquals(Duration.ofMinutes(15), snapshot.longestSpan());
  }

  @Test
  void keepsNoRingOfWhatNoRuleAsksFor() {
    Snapshot snapshot =
        scene.ticks(PER_SPAN + 1, () -> dcgm().reads(A, Signal.GPU_TENSOR_ACTIVE, 0));
    assertEquals(0, snapshot.latest().get(A).get(Signal.GPU_TENSOR_ACTIVE));
    scene.board.reconfigure(SlotTable.ofFeatures(Scene.table(max(Signal.GPU_TENSOR_ACTIVE))));
    snapshot = scene.ticks(1, () -> dcgm().reads(A, Signal.GPU_TENSOR_ACTIVE, 0));
    assertTrue(
        whyNot(snapshot.gpus().get(A), max(Signal.GPU_TENSOR_ACTIVE)).startsWith("readings reach"));
  }

  @Test
  void keepsWitnessesWhateverTheRulesAsk() {
    Snapshot snapshot =
        scene.ticks(
            PER_SPAN + 1,
            () ->
                dcgm()
                    .reads(A, Signal.GPU_UTILIZATION, 0.7)
                    .reads(A, Signal.GPU_TENSOR_ACTIVE, 0.7),
            () -> node(TRAINER, A).reads(TRAINER.subject(), Signal.PROCESS_CPU_RATE, 1.5));
    var seen = snapshot.witnesses(TRAINER.subject());
    assertEquals(
        java.util.Set.of(Signal.GPU_ENGINE_ACTIVE, Signal.GPU_UTILIZATION, Signal.PROCESS_CPU_RATE),
        seen.keySet());
    assertEquals(0.7, known(seen.get(Signal.GPU_UTILIZATION)).max());
    assertEquals(0.7, known(snapshot.witnesses(A, SPAN).get(Signal.GPU_UTILIZATION)).max());
    assertTrue(snapshot.witnesses(SubjectId.gpu("GPU-none")).isEmpty());
  }

  @Test
  void factsComeInOneOrder() {
    Snapshot snapshot = scene.ticks(1, this::dcgm, () -> node(TRAINER, A).shows(OTHER));
    assertEquals(
        java.util.List.of(OTHER.subject().key(), TRAINER.subject().key(), "GPU-a", "GPU-b"),
        snapshot.facts().stream().map(fact -> fact.subject()).toList());
    assertEquals(Optional.empty(), snapshot.subject(SubjectId.node("x")));
    assertEquals(scene.now, snapshot.atNanos());
  }
}
