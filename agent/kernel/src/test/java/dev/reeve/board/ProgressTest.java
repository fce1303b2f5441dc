package dev.reeve.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.model.Attribute;
import dev.reeve.model.Feature;
import dev.reeve.model.RunReport;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a run says of the whole cannot be checked, so nothing is taken from what proves wrong. */
final class ProgressTest {
  private static final Feature PROGRESS = Scene.feature(Attribute.RUN_PROGRESS);

  private final Scene scene = Scene.asking(PROGRESS);

  @Test
  void isTheShareOfTheStepsThatItWillTake() {
    assertEquals(0.75, Scene.value(report(75, 100), PROGRESS));
    assertEquals(0.8, Scene.value(report(80, -1), PROGRESS), "the total need not be repeated");
    assertEquals(1, Scene.value(report(100, 100), PROGRESS));
  }

  @Test
  void aLongerWayIsLessProgress() {
    report(75, 100);
    assertEquals(0.4, Scene.value(report(80, 200), PROGRESS));
  }

  @Test
  void isUnknownWithoutATotal() {
    assertEquals(
        "it does not say how many steps it will take", Scene.whyNot(report(75, -1), PROGRESS));
  }

  @Test
  void isUnknownForATotalOfNothing() {
    assertEquals("it says that it will take 0 steps", Scene.whyNot(report(0, 0), PROGRESS));
  }

  @Test
  void isNeverMoreThanAllOfIt() {
    assertEquals(
        "it is at step 101, past the 100 it will take", Scene.whyNot(report(101, 100), PROGRESS));
  }

  @Test
  void aTotalThatShrinksMakesNoRunNearlyDone() {
    report(75, 1000);
    assertEquals(
        "the steps that it will take shrank from 1000 to 80",
        Scene.whyNot(report(76, 80), PROGRESS));
    assertEquals(0.08, Scene.value(report(80, 1000), PROGRESS));
  }

  @Test
  void aRunThatWasStartedAnewSaysItAnew() {
    report(75, 100);
    assertEquals(
        "it does not say how many steps it will take", Scene.whyNot(report(2, -1), PROGRESS));
    assertEquals(0.06, Scene.value(report(3, 50), PROGRESS));
  }

  /** A total below zero is none. */
  private Subject report(long step, long total) {
    scene.now += Scene.TICK;
    RunReport report =
        new RunReport(
            SubjectId.run("r"),
            Scene.TRAINER.subject(),
            scene.now,
            OptionalLong.of(step),
            total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
            OptionalDouble.empty(),
            false);
    scene.now -= Scene.TICK;
    return scene
        .ticks(
            1, () -> new Said("procs").shows(Scene.TRAINER), () -> new Said("runs").reports(report))
        .runs()
        .get(SubjectId.run(Scene.TRAINER.subject().key() + "/r"));
  }
}
