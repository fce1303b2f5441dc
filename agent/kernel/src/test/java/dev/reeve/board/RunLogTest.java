package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.MINUTE;
import static dev.reeve.board.Readings.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.RunReport;
import dev.reeve.model.SubjectId;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RunLogTest {
  private static final SubjectId RUN = SubjectId.run("r");
  private static final SourceLog SOURCE = new SourceLog("runs", 0);

  private final RunLog run = new RunLog(RUN, Scene.TRAINER.subject(), SOURCE);
  private final Sighted tie = new Sighted(new Measured(BoardSettings.defaults(), depths()));
  private long now = BEGIN;

  private static Depths depths() {
    return new Depths(dev.reeve.model.SlotTable.ofFeatures(Scene.table()), Scene.SPAN);
  }

  private boolean report(long atStep, double loss) {
    return run.report(
        new RunReport(
            RUN,
            Scene.TRAINER.subject(),
            now,
            OptionalLong.of(atStep),
            OptionalDouble.of(loss),
            false),
        SOURCE);
  }

  private void end() {
    run.report(
        new RunReport(
            RUN, Scene.TRAINER.subject(), now, OptionalLong.empty(), OptionalDouble.empty(), true),
        SOURCE);
  }

  private Optional<String> whyNot() {
    return run.whyNot(Optional.of(tie), now);
  }

  @Test
  void knowsTheLastAndTheLeastLossAndTheStep() {
    report(1, 3);
    report(2, 1);
    report(3, 2);
    assertEquals(2, run.lastLoss().orElseThrow());
    assertEquals(1, run.bestLoss().orElseThrow());
    assertEquals(3, run.step().orElseThrow());
  }

  @Test
  void countsTheReportsInARowWithoutAFiniteLoss() {
    report(1, 3);
    report(2, Double.NaN);
    report(3, Double.POSITIVE_INFINITY);
    assertEquals(2, run.notFinite());
    assertEquals(3, run.lastLoss().orElseThrow());
    report(4, 2);
    assertEquals(0, run.notFinite());
  }

  @Test
  void aReportWithoutALossSaysNothingOfIt() {
    report(1, Double.NaN);
    end();
    assertEquals(1, run.notFinite());
    assertEquals(1, run.step().orElseThrow());
    assertTrue(run.lastLoss().isEmpty());
    assertTrue(run.ended());
  }

  @Test
  void dropsAReportThatIsOlderThanTheNewest() {
    report(2, 1);
    now -= 1;
    assertFalse(report(3, 0.5));
    assertEquals(1, run.lastLoss().orElseThrow());
  }

  @Test
  void startsAnewWhenItGoesBack() {
    report(1_000, 0.1);
    report(1_001, Double.NaN);
    report(5, 3);
    assertEquals(3, run.bestLoss().orElseThrow());
    assertEquals(0, run.notFinite());
  }

  @Test
  void startsAnewWhenItGoesOnAfterItsEnd() {
    report(1, 0.1);
    end();
    report(2, 3);
    assertEquals(3, run.bestLoss().orElseThrow());
    assertFalse(run.ended());
  }

  @Test
  void goesOnWhileItsStepRisesOrStays() {
    report(1, 0.1);
    report(1, 3);
    report(2, 3);
    assertEquals(0.1, run.bestLoss().orElseThrow());
  }

  @Test
  void holdsForFiveMinutesAtLeast() {
    report(1, 1);
    now += 5 * MINUTE;
    assertTrue(whyNot().isEmpty());
    now += SECOND;
    assertEquals("the newest report is 5m1s old, at most 5m are allowed", whyNot().orElseThrow());
  }

  @Test
  void holdsForTenMedianReportIntervals() {
    for (int i = 1; i <= 20; i++) {
      now += i == 10 ? 60 * MINUTE : MINUTE;
      report(i, 1);
    }
    now += 10 * MINUTE;
    assertTrue(whyNot().isEmpty());
    now += SECOND;
    assertTrue(whyNot().isPresent());
  }

  @Test
  void doesNotHoldWithoutATieToAWorkload() {
    report(1, 1);
    assertEquals(
        "its workload is not seen, so nobody knows whom it speaks for",
        run.whyNot(Optional.empty(), now).orElseThrow());
  }

  @Test
  void doesNotHoldAfterARestartUntilItReportsAgain() {
    tie.show(SOURCE, Scene.TRAINER, now);
    report(1, 1);
    now += SECOND;
    tie.show(SOURCE, SightedTest.withMembers(Scene.TRAINER, "fresh"), now);
    now += SECOND;
    assertEquals(
        "its workload was restarted 1s ago and it has not reported since", whyNot().orElseThrow());
    report(2, 1);
    assertTrue(whyNot().isEmpty());
  }

  @Test
  void aStepThatIsReportedAgainAndAgainStallsTheRun() {
    report(1, 3);
    long rose = now;
    now += MINUTE;
    report(1, 3);
    now += MINUTE;
    report(1, 3);
    assertEquals(OptionalLong.of(rose), run.stepSince());
    now += MINUTE;
    report(2, 3);
    assertEquals(OptionalLong.of(now), run.stepSince());
    assertEquals(OptionalLong.of(3 * MINUTE), run.longestPause());
  }

  @Test
  void aRunThatEndedOrReportsNoStepDoesNotStall() {
    assertEquals(OptionalLong.empty(), run.stepSince());
    report(1, 3);
    end();
    assertEquals(OptionalLong.empty(), run.stepSince());
  }

  @Test
  void knowsTheUsualAndTheLongestPauseBetweenSteps() {
    report(1, 3);
    assertEquals(OptionalLong.empty(), run.usualPause());
    for (int i = 2; i < 12; i++) {
      now += i == 6 ? 9 * MINUTE : MINUTE;
      report(i, 3);
    }
    assertEquals(OptionalLong.of(MINUTE), run.usualPause());
    assertEquals(OptionalLong.of(9 * MINUTE), run.longestPause());
  }

  @Test
  void aRunThatWentBackLearnsItsPausesAnew() {
    report(1, 3);
    now += MINUTE;
    report(2, 3);
    now += MINUTE;
    report(1, 3);
    assertEquals(OptionalLong.empty(), run.usualPause());
    assertEquals(OptionalLong.of(now), run.stepSince());
  }
}
