package dev.reeve.rules;

import static dev.reeve.rules.World.attribute;
import static dev.reeve.rules.World.max30;
import static dev.reeve.rules.World.mean10;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Condition;
import dev.reeve.model.Conditions;
import dev.reeve.model.Feature;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleCard;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Signal;
import dev.reeve.model.WitnessGroup;
import dev.reeve.model.WorkloadKind;
import dev.reeve.spi.RuleEngine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShippedPackTest {
  private static RuleEngine engine;

  private final World world = new World(engine.ruleSet().slots());

  @BeforeAll
  static void load() throws RuleEngine.RuleEngineException {
    engine = DroolsRuleEngineProvider.shipped(Limits.DEFAULT);
  }

  @Test
  void loadsTheRulesThatTheSourceSays() {
    assertEquals(sorted(ShippedPack.rules()), engine.ruleSet().rules());
  }

  private static List<Rule> sorted(List<Rule> rules) {
    return rules.stream().sorted(Comparator.comparing(Rule::id)).toList();
  }

  @Test
  void findsAWorkloadThatProfilingAndNvmlCallIdle() throws Exception {
    world.workload("w", "training", engine(0), util(0));
    assertFound("idle-workload:w");
  }

  @Test
  void findsAWorkloadThatNvmlAndCpuTimeCallIdle() throws Exception {
    world.workload("w", "batch", util(0), cpu(0.01));
    assertFound("idle-workload:w");
  }

  @Test
  void findsAWorkloadOnAMigInstanceByProfilingAndCpuTime() throws Exception {
    world.workload("w", "training", engine(0.002), cpu(0.01));
    assertFound("idle-workload:w");
  }

  @Test
  void findsIdleWorkloadsOfEveryKind() throws Exception {
    for (WorkloadKind kind : WorkloadKind.values()) {
      world.workload(kind.text(), kind.text(), engine(0), util(0));
    }
    assertEquals(6, world.foundBy(engine).size());
  }

  @Test
  void oneWitnessIsNeverEnough() throws Exception {
    world
        .workload("engine", "training", engine(0))
        .workload("util", "training", util(0))
        .workload("cpu", "training", cpu(0));
    assertFound();
  }

  @Test
  void whatWasNeverMeasuredIsNotIdle() throws Exception {
    world.workload("w", "training").gpu("g", "w").gpu("free", "").run("r", "w");
    assertFound();
  }

  @Test
  void oneBusySampleInHalfAnHourIsWork() throws Exception {
    world
        .workload("w", "training", engine(0.4), util(0.9), cpu(0))
        .workload("v", "training", engine(0.01), util(0.01), cpu(0));
    assertFound();
  }

  @Test
  void findsTheIdleGpuOfAWorkingWorkload() throws Exception {
    world
        .workload("w", "training", engine(0.9), util(1))
        .gpu("busy", "w", engine(0.9), util(1))
        .gpu("idle", "w", engine(0), util(0))
        .gpu("idle-by-nvml", "w", util(0), power(1.1));
    assertFound("partly-idle:idle", "partly-idle:idle-by-nvml");
  }

  @Test
  void anIdleGpuOfAnIdleWorkloadIsNotReportedTwice() throws Exception {
    world.workload("w", "training", engine(0), util(0)).gpu("g", "w", engine(0), util(0));
    assertFound("idle-workload:w");
  }

  @Test
  void aCounterStuckAtZeroMakesNoGpuIdle() throws Exception {
    world
        .workload("w", "training", engine(0), util(0.9))
        .gpu("g", "w", engine(0), util(0.9), power(4))
        .workload("v", "training", engine(0.9), util(0))
        .gpu("h", "v", engine(0.9), util(0), power(4));
    assertFound();
  }

  @Test
  void aGpuIsPartOfItsOwnerOnly() throws Exception {
    world
        .workload("w", "training", engine(0.9), util(1))
        .gpu("other", "v", engine(0), util(0))
        .gpu("unowned", "", engine(0), util(0));
    assertFound();
  }

  @Test
  void findsAGpuThatNobodyHolds() throws Exception {
    world.gpu("profiled", "", unheld(1800), engine(0)).gpu("unprofiled", "", unheld(1800), util(0));
    assertFound("unheld-gpu:profiled", "unheld-gpu:unprofiled");
  }

  @Test
  void aGpuThatMayBeHeldIsNotUnheld() throws Exception {
    world
        .gpu("lookup-failed", "", engine(0), util(0))
        .gpu("just-freed", "", unheld(1799), engine(0))
        .gpu("used", "", unheld(7200), engine(0.5), util(1))
        .gpu("unmeasured", "", unheld(7200));
    assertFound();
  }

  @Test
  void findsARunThatDivergedAndGoesOn() throws Exception {
    world
        .workload("w", "training", burning(Signal.GPU_ENGINE_ACTIVE, 0.8))
        .run("r", "w", notFinite(3))
        .workload("v", "training", burning(Signal.GPU_UTILIZATION, 0.8))
        .run("s", "v", notFinite(70));
    assertFound("runaway-run:v", "runaway-run:w");
  }

  @Test
  void twoBadReportsMayBeALossScaleThatIsBackedOff() throws Exception {
    world.workload("w", "training", burning(Signal.GPU_UTILIZATION, 1)).run("r", "w", notFinite(2));
    assertFound();
  }

  @Test
  void aDivergedRunThatBurnsNothingIsNoRunaway() throws Exception {
    world
        .workload("w", "training", burning(Signal.GPU_ENGINE_ACTIVE, 0.05))
        .run("r", "w", notFinite(3))
        .workload("unmeasured", "training")
        .run("s", "unmeasured", notFinite(3));
    assertFound();
  }

  @Test
  void aRunThatNobodyTiedToAWorkloadStopsNone() throws Exception {
    world
        .workload("w", "training", burning(Signal.GPU_ENGINE_ACTIVE, 1))
        .workload("", "training", burning(Signal.GPU_ENGINE_ACTIVE, 1))
        .run("r", "", notFinite(9))
        .run("s", "v", notFinite(9));
    assertFound();
  }

  @Test
  void aWorkloadWithAnotherRunIsNotEndedForOneThatDiverged() throws Exception {
    world
        .workload("w", "training", burning(Signal.GPU_ENGINE_ACTIVE, 1))
        .run("r", "w", notFinite(3, 1))
        .run("s", "w", attribute(Attribute.RUN_NOT_FINITE, 0));
    assertFound();
  }

  @Test
  void whetherThereIsAnotherRunMustBeKnown() throws Exception {
    world
        .workload("w", "training", burning(Signal.GPU_ENGINE_ACTIVE, 1))
        .run("r", "w", attribute(Attribute.RUN_NOT_FINITE, 9));
    assertFound();
  }

  @Test
  void nothingOnASickDeviceIsCalledIdle() throws Exception {
    world
        .workload("w", "training", engine(0), util(0), attribute(Attribute.WORKLOAD_SICK_GPUS, 1))
        .workload("v", "training", engine(0.9), util(1))
        .gpu("g", "v", engine(0), util(0), attribute(Attribute.GPU_SICK, 1))
        .gpu("free", "", unheld(7200), engine(0), attribute(Attribute.GPU_SICK, 1));
    assertFound();
  }

  @Test
  void aRuleThatFindsNoWasteOrSomeClaimsNotTheWholeCost() {
    assertEquals(
        List.of(
            "data-stalled",
            "over-provisioned-endpoint",
            "oversized-gpu",
            "oversized-memory",
            "sick-gpu",
            "unused-money"),
        ShippedPack.rules().stream()
            .filter(rule -> rule.card().wastes() != RuleCard.Wastes.ALL)
            .map(Rule::id)
            .sorted()
            .toList());
  }

  @Test
  void whatIsNewOnlyTells() {
    for (Rule rule : ShippedPack.rules()) {
      if (!Set.of("idle-workload", "partly-idle", "unheld-gpu", "runaway-run")
          .contains(rule.id())) {
        assertEquals(RuleMode.OBSERVE, rule.mode(), rule.id());
        assertEquals(1, rule.ladder().size(), rule.id());
      }
    }
  }

  /** Sick is not waste: nobody is told that his work does nothing on what failed. */
  @Test
  void everyRuleThatSpeaksOfRestLeavesSickDevicesOut() {
    Set<String> speakOfWork =
        Set.of("sick-gpu", "runaway-run", "diverged-run", "over-provisioned-endpoint");
    for (Rule rule : ShippedPack.rules()) {
      Condition target = rule.targetPattern().condition();
      boolean leftOut =
          Conditions.features(target).stream()
              .map(Feature::text)
              .anyMatch(Set.of("workload.sick_gpus", "gpu.sick")::contains);
      assertEquals(!speakOfWork.contains(rule.id()), leftOut, rule.id());
    }
  }

  @Test
  void actsOnTrainingAndBatchAlone() {
    for (Rule rule : ShippedPack.rules()) {
      boolean acts = Set.of("idle-workload", "runaway-run").contains(rule.id());
      assertEquals(acts, rule.acts(), rule.id());
      assertFalse(rule.ladder().getFirst().remedy().acts(), rule.id() + " warns first");
      for (WorkloadKind kind : WorkloadKind.values()) {
        boolean may = kind == WorkloadKind.TRAINING || kind == WorkloadKind.BATCH;
        assertEquals(
            acts && may,
            rule.ladder(kind).stream().anyMatch(rung -> rung.remedy().acts()),
            rule.id() + " on " + kind);
      }
    }
  }

  @Test
  void noActingRungComesSoonerThanItsNoticeAllows() {
    for (Rule rule : ShippedPack.rules()) {
      Duration warned = rule.ladder().getFirst().after();
      rule.ladder().stream()
          .filter(rung -> rung.remedy().acts())
          .forEach(
              rung ->
                  assertTrue(
                      rung.after().compareTo(warned.plus(rule.minNotice())) >= 0, rule.id()));
    }
  }

  @Test
  void everyWayToTerminateNeedsTwoGroupsOfWitnesses() {
    for (Rule rule : ShippedPack.rules().stream().filter(Rule::acts).toList()) {
      Set<WitnessGroup> groups = new TreeSet<>();
      rule.patterns()
          .forEach(
              pattern ->
                  Conditions.features(pattern.condition())
                      .forEach(feature -> groups.add(feature.group())));
      assertTrue(groups.size() >= 2, rule.id());
    }
    Condition idle =
        engine.ruleSet().rule("idle-workload").orElseThrow().targetPattern().condition();
    Condition ways = ((Condition.All) idle).of().getFirst();
    for (Condition branch : ((Condition.Any) ways).of()) {
      Set<WitnessGroup> groups = new TreeSet<>();
      Conditions.features(branch).forEach(feature -> groups.add(feature.group()));
      assertTrue(groups.size() >= 2, branch.toString());
    }
  }

  private void assertFound(String... expected) throws RuleEngine.RuleEngineException {
    assertEquals(List.of(expected), world.foundBy(engine));
  }

  private static World.Value engine(double value) {
    return max30(Signal.GPU_ENGINE_ACTIVE, value);
  }

  private static World.Value util(double value) {
    return max30(Signal.GPU_UTILIZATION, value);
  }

  private static World.Value power(double value) {
    return max30(Signal.GPU_POWER_OVER_IDLE, value);
  }

  private static World.Value cpu(double value) {
    return max30(Signal.PROCESS_CPU_RATE, value);
  }

  private static World.Value burning(Signal signal, double value) {
    return mean10(signal, value);
  }

  private static World.Value unheld(double seconds) {
    return attribute(Attribute.GPU_UNHELD, seconds);
  }

  private static World.Value[] notFinite(double reports) {
    return notFinite(reports, 0);
  }

  private static World.Value[] notFinite(double reports, double siblings) {
    return new World.Value[] {
      attribute(Attribute.RUN_NOT_FINITE, reports), attribute(Attribute.RUN_SIBLINGS, siblings)
    };
  }
}
