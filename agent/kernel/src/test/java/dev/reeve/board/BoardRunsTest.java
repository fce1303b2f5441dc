package dev.reeve.board;

import static dev.reeve.board.Scene.A;
import static dev.reeve.board.Scene.OTHER;
import static dev.reeve.board.Scene.TRAINER;
import static dev.reeve.board.Scene.device;
import static dev.reeve.board.Scene.feature;
import static dev.reeve.board.Scene.value;
import static dev.reeve.board.Scene.whyNot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Attribute;
import dev.reeve.model.Cost;
import dev.reeve.model.Declaration;
import dev.reeve.model.Feature;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.RunReport;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs and declarations on the whole board. */
final class BoardRunsTest {
  private static final Feature STEP = feature(Attribute.RUN_STEP);
  private static final Feature LAST = feature(Attribute.RUN_LAST_LOSS);
  private static final Feature BEST = feature(Attribute.RUN_BEST_LOSS);
  private static final Feature NOT_FINITE = feature(Attribute.RUN_NOT_FINITE);
  private static final Feature SIBLINGS = feature(Attribute.RUN_SIBLINGS);
  private static final Feature AGE = feature(Attribute.RUN_AGE);
  private static final SubjectId RUN = SubjectId.run(TRAINER.subject().key() + "/r");

  private final Scene scene =
      Scene.asking(
          STEP,
          LAST,
          BEST,
          NOT_FINITE,
          SIBLINGS,
          AGE,
          feature(Attribute.GPU_UNHELD),
          Scene.max(Signal.GPU_POWER));
  private long step;

  private Said procs() {
    return new Said("procs").lists(device(A)).shows(TRAINER).held(A, TRAINER.subject());
  }

  private RunReport report(WorkloadSighting by, double loss, boolean ended) {
    return new RunReport(
        SubjectId.run("r"),
        by.subject(),
        scene.now,
        OptionalLong.of(++step),
        OptionalDouble.of(loss),
        ended);
  }

  private Said reports(double loss) {
    return new Said("runs").reports(report(TRAINER, loss, false));
  }

  private static Subject.Run run(Snapshot snapshot) {
    return snapshot.runs().get(RUN);
  }

  @Test
  void aRunSaysWhatItReported() {
    scene.ticks(1, this::procs, () -> reports(1));
    scene.ticks(1, this::procs, () -> reports(2));
    Snapshot snapshot = scene.ticks(1, this::procs, () -> reports(Double.NaN));
    assertEquals(3, value(run(snapshot), STEP));
    assertEquals(2, value(run(snapshot), LAST));
    assertEquals(1, value(run(snapshot), BEST));
    assertEquals(1, value(run(snapshot), NOT_FINITE));
    assertEquals(0, value(run(snapshot), AGE));
    assertEquals(TRAINER.subject(), run(snapshot).workload());
    assertEquals(new Cost.Known(MoneyPerHour.of("2.50", "USD"), "list"), run(snapshot).cost());
    assertEquals("a run has no windows", whyNot(run(snapshot), Scene.max(Signal.GPU_POWER)));
    assertEquals(
        "gpu.unheld belongs to another kind of subject",
        whyNot(run(snapshot), feature(Attribute.GPU_UNHELD)));
  }

  @Test
  void countsOtherRunsOfTheSameWorkloadUntilTheyEnd() {
    scene.ticks(20, this::procs, () -> reports(1));
    assertEquals(0, value(run(scene.ticks(1, this::procs, () -> reports(1))), SIBLINGS));
    assertEquals(
        1, value(run(scene.ticks(1, this::procs, () -> reports(1), () -> other(false))), SIBLINGS));
    assertEquals(
        0, value(run(scene.ticks(1, this::procs, () -> reports(1), () -> other(true))), SIBLINGS));
  }

  @Test
  void aRunIsNotAloneBeforeTheOthersHadTimeToSpeak() {
    assertEquals(
        "it has been listened to for 4m45s of 5m, so others may not have been heard yet",
        whyNot(run(scene.ticks(20, this::procs, () -> reports(1))), SIBLINGS));
    assertEquals(0, value(run(scene.ticks(1, this::procs, () -> reports(1))), SIBLINGS));
  }

  private Said other(boolean ended) {
    return new Said("others")
        .reports(
            new RunReport(
                SubjectId.run("other"),
                TRAINER.subject(),
                scene.now,
                OptionalLong.of(1),
                OptionalDouble.of(1),
                ended));
  }

  @Test
  void whatWasNeverReportedIsUnknown() {
    RunReport bare =
        new RunReport(
            SubjectId.run("r"),
            TRAINER.subject(),
            scene.now,
            OptionalLong.empty(),
            OptionalDouble.empty(),
            false);
    Snapshot snapshot = scene.ticks(1, this::procs, () -> new Said("runs").reports(bare));
    assertEquals("it reports no step", whyNot(run(snapshot), STEP));
    assertEquals("it has reported no finite loss", whyNot(run(snapshot), LAST));
    assertEquals("it has reported no finite loss", whyNot(run(snapshot), BEST));
    assertEquals(0, value(run(snapshot), NOT_FINITE));
  }

  @Test
  void onlyItsAgeOutlivesAnOldReport() {
    scene.ticks(1, this::procs, () -> reports(1));
    Snapshot snapshot = scene.ticks(21, this::procs, () -> new Said("runs"));
    for (Feature feature : new Feature[] {STEP, LAST, BEST, NOT_FINITE}) {
      assertEquals(
          "the newest report is 5m15s old, at most 5m are allowed", whyNot(run(snapshot), feature));
    }
    assertEquals(315, value(run(snapshot), AGE));
  }

  @Test
  void itsAgeIsKnownOnlyWhileItsSourceAnswers() {
    scene.ticks(1, this::procs, () -> reports(1));
    assertEquals(45, value(run(scene.ticks(3, this::procs)), AGE));
    assertEquals(
        "the source of its reports does not answer", whyNot(run(scene.ticks(1, this::procs)), AGE));
  }

  @Test
  void aRunWhoseWorkloadIsNotSeenSpeaksForNobody() {
    Snapshot snapshot = scene.ticks(1, () -> reports(1));
    assertEquals(
        "its workload is not seen, so nobody knows whom it speaks for",
        whyNot(run(snapshot), STEP));
    assertEquals(0, value(run(snapshot), AGE));
    assertEquals(new Cost.Unknown("its workload is not seen"), run(snapshot).cost());
  }

  @Test
  void aRunThatEndedIsNamed() {
    Snapshot snapshot =
        scene.ticks(1, this::procs, () -> new Said("runs").reports(report(TRAINER, 1, true)));
    assertEquals(Set.of(RUN), snapshot.endedRuns());
    assertTrue(scene.ticks(1, this::procs, () -> reports(1)).endedRuns().isEmpty());
  }

  @Test
  void runsOfOneNameAndTwoWorkloadsAreTwo() {
    Snapshot snapshot =
        scene.ticks(
            1,
            () ->
                new Said("runs")
                    .reports(report(TRAINER, 1, false))
                    .reports(report(OTHER, 2, false)));
    assertEquals(2, snapshot.runs().size());
  }

  @Test
  void aRunIdThatNamesItsWorkloadIsKept() {
    RunReport whole =
        new RunReport(
            RUN, TRAINER.subject(), scene.now, OptionalLong.empty(), OptionalDouble.empty(), false);
    Snapshot snapshot = scene.ticks(1, () -> new Said("runs").reports(whole));
    assertEquals(Set.of(RUN), snapshot.runs().keySet());
  }

  @Test
  void aReportFromTheFutureIsDropped() {
    scene.ticks(1, this::procs, () -> reports(1));
    RunReport ahead =
        new RunReport(
            SubjectId.run("r"),
            TRAINER.subject(),
            scene.now + 4 * Scene.TICK,
            OptionalLong.of(99),
            OptionalDouble.empty(),
            false);
    Snapshot snapshot = scene.ticks(1, this::procs, () -> new Said("runs").reports(ahead));
    assertEquals(1, value(run(snapshot), STEP));
    assertEquals(Map.of("future", 1L), snapshot.sources().get("runs").drops());
  }

  @Test
  void aReportThatIsOlderThanTheNewestIsDropped() {
    scene.ticks(1, this::procs, () -> reports(1));
    RunReport late =
        new RunReport(
            SubjectId.run("r"),
            TRAINER.subject(),
            scene.now - 1,
            OptionalLong.of(99),
            OptionalDouble.empty(),
            false);
    Snapshot snapshot = scene.ticks(1, this::procs, () -> new Said("runs").reports(late));
    assertEquals(1, value(run(snapshot), STEP));
    assertEquals(Map.of("out_of_order", 1L), snapshot.sources().get("runs").drops());
  }

  @Test
  void aRunWithoutAWorkloadIsShownForAWhile() {
    scene.ticks(1, () -> reports(1));
    assertTrue(scene.ticks(240, () -> new Said("runs")).runs().containsKey(RUN));
    assertFalse(scene.ticks(1, () -> new Said("runs")).runs().containsKey(RUN));
  }

  @Test
  void theWitnessesOfARunAreThoseOfItsWorkload() {
    Snapshot snapshot =
        scene.ticks(
            1,
            () -> procs().reads(TRAINER.subject(), Signal.PROCESS_CPU_RATE, 1),
            () -> reports(1));
    assertEquals(Set.of(Signal.PROCESS_CPU_RATE), snapshot.witnesses(RUN).keySet());
  }

  @Test
  void aDeclarationIsMergedIntoWhatIsSeen() {
    Declaration declared =
        new Declaration(
            TRAINER.subject(),
            Optional.of(WorkloadKind.SERVING),
            Optional.of("eve"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false);
    Snapshot snapshot = scene.ticks(1, () -> new Said("runs").declares(declared));
    assertTrue(snapshot.workloads().isEmpty());
    assertEquals(Map.of(TRAINER.subject(), declared), snapshot.declarations());
    scene.ticks(10, () -> new Said("runs"));
    snapshot = scene.ticks(1, this::procs);
    Subject.Workload workload = snapshot.workloads().get(TRAINER.subject());
    assertEquals(WorkloadKind.SERVING, workload.sighting().kind());
    assertEquals("eve", workload.fact().owner());
    assertTrue(workload.sighting().protection().isProtected());
  }

  @Test
  void aDeclarationThatNobodyIsSeenForIsForgotten() {
    Declaration declared =
        new Declaration(
            TRAINER.subject(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false);
    scene.ticks(1, () -> new Said("runs").declares(declared));
    assertFalse(scene.ticks(80, () -> new Said("runs")).declarations().isEmpty());
    assertTrue(scene.ticks(1, () -> new Said("runs")).declarations().isEmpty());
  }
}
