package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.MINUTE;
import static dev.reeve.board.Readings.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Protection;
import dev.reeve.model.SlotTable;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SightedTest {
  private final SourceLog one = source("one");
  private final SourceLog two = source("two");
  private final Sighted sighted =
      new Sighted(
          new Measured(
              BoardSettings.defaults(),
              new Depths(SlotTable.ofFeatures(Scene.table()), Scene.SPAN),
              new Health()));

  private static SourceLog source(String name) {
    SourceLog source = new SourceLog(name, 0);
    assertTrue(source.answer(new Said(name).at(BEGIN), BEGIN));
    return source;
  }

  static WorkloadSighting withMembers(WorkloadSighting one, String... members) {
    return with(one, Incarnation.of(one.incarnation().uid(), List.of(members)), one.extent());
  }

  private static WorkloadSighting with(
      WorkloadSighting one, Incarnation incarnation, Extent extent) {
    return new WorkloadSighting(
        one.id(),
        incarnation,
        one.kind(),
        one.owner(),
        one.group(),
        extent,
        one.protection(),
        one.checkpoint(),
        one.foreignTo());
  }

  private static WorkloadSighting plain(WorkloadKind kind, String owner, Protection protection) {
    return new WorkloadSighting(
        Scene.TRAINER.id(),
        Scene.TRAINER.incarnation(),
        kind,
        owner,
        "",
        Scene.TRAINER.extent(),
        protection,
        Optional.empty(),
        "");
  }

  private static Declaration declaration(
      Optional<WorkloadKind> kind, Optional<String> owner, boolean protect) {
    return new Declaration(
        Scene.TRAINER.subject(),
        kind,
        owner,
        owner.map(name -> name + "-group"),
        Optional.empty(),
        Optional.empty(),
        protect,
        false);
  }

  @Test
  void theDeclaredKindOwnerAndGroupWin() {
    sighted.show(one, plain(WorkloadKind.BATCH, "root", Protection.none()), BEGIN);
    sighted.declare(declaration(Optional.of(WorkloadKind.SERVING), Optional.of("eve"), false));
    WorkloadSighting merged = sighted.merged(BEGIN);
    assertEquals(WorkloadKind.SERVING, merged.kind());
    assertEquals("eve", merged.owner());
    assertEquals("eve-group", merged.group());
  }

  @Test
  void whatALaterDeclarationLeavesOutStays() {
    Checkpoint checkpoint = new Checkpoint("USR1", Path.of("/ack"), Duration.ofMinutes(1));
    sighted.show(one, Scene.TRAINER, BEGIN);
    sighted.declare(
        new Declaration(
            Scene.TRAINER.subject(),
            Optional.of(WorkloadKind.SERVING),
            Optional.of("eve"),
            Optional.of("team"),
            Optional.of(checkpoint),
            Optional.of(MoneyPerHour.of("3", "EUR")),
            true,
            true));
    sighted.declare(declaration(Optional.empty(), Optional.empty(), false));
    WorkloadSighting merged = sighted.merged(BEGIN);
    assertEquals(WorkloadKind.SERVING, merged.kind());
    assertEquals("eve", merged.owner());
    assertEquals("team", merged.group());
    assertEquals(Optional.of(checkpoint), merged.checkpoint());
    Declaration declared = sighted.declared().orElseThrow();
    assertEquals(Optional.of(MoneyPerHour.of("3", "EUR")), declared.budget());
    assertTrue(declared.singleNode());
    sighted.declare(declaration(Optional.of(WorkloadKind.BATCH), Optional.of("bob"), false));
    assertEquals(WorkloadKind.BATCH, sighted.merged(BEGIN).kind());
    assertEquals("bob", sighted.merged(BEGIN).owner());
  }

  @Test
  void declaredProtectionIsNeverTakenBack() {
    sighted.show(one, Scene.TRAINER, BEGIN);
    assertFalse(sighted.merged(BEGIN).protection().isProtected());
    sighted.declare(declaration(Optional.empty(), Optional.empty(), true));
    sighted.declare(declaration(Optional.empty(), Optional.empty(), false));
    sighted.show(one, Scene.TRAINER, BEGIN + SECOND);
    assertTrue(sighted.merged(BEGIN).protection().isProtected());
  }

  @Test
  void isProtectedWhereAnySourceSaysSo() {
    Protection why = Protection.because("label reeve.dev/keep");
    sighted.show(one, plain(WorkloadKind.BATCH, "", why), BEGIN);
    sighted.show(two, plain(WorkloadKind.BATCH, "", Protection.none()), BEGIN + 1);
    assertEquals(why, sighted.merged(BEGIN).protection());
  }

  @Test
  void theNewestSightingIsRightAndAnotherFillsIn() {
    sighted.show(one, plain(WorkloadKind.BATCH, "ann", Protection.none()), BEGIN + 1);
    sighted.show(two, plain(WorkloadKind.UNKNOWN, "", Protection.none()), BEGIN + 2);
    assertEquals(WorkloadKind.BATCH, sighted.merged(BEGIN).kind());
    assertEquals("ann", sighted.merged(BEGIN).owner());
    sighted.show(two, plain(WorkloadKind.SERVING, "bob", Protection.none()), BEGIN + 3);
    assertEquals(WorkloadKind.SERVING, sighted.merged(BEGIN).kind());
    assertEquals("bob", sighted.merged(BEGIN).owner());
  }

  @Test
  void aSightingThatIsTooOldSaysNothingMore() {
    sighted.show(one, plain(WorkloadKind.BATCH, "ann", Protection.because("x")), BEGIN);
    sighted.show(two, plain(WorkloadKind.BATCH, "", Protection.none()), BEGIN + MINUTE);
    assertFalse(sighted.merged(BEGIN + MINUTE).protection().isProtected());
    assertEquals("", sighted.merged(BEGIN + MINUTE).owner());
  }

  @Test
  void hasEverythingThatAnySourceSaysItHas() {
    Incarnation same = Scene.TRAINER.incarnation();
    sighted.show(one, with(Scene.TRAINER, same, Extent.of(List.of(Scene.A))), BEGIN);
    sighted.show(two, with(Scene.TRAINER, same, Extent.of(List.of(Scene.B))), BEGIN);
    assertEquals(Extent.of(List.of(Scene.A, Scene.B)), sighted.merged(BEGIN).extent());
    Extent unknown = new Extent.Unknown("more ranks than are here");
    sighted.show(two, with(Scene.TRAINER, same, unknown), BEGIN + 1);
    assertEquals(unknown, sighted.merged(BEGIN).extent());
  }

  @Test
  void isRestartedWhenNoneOfItsMembersIsLeft() {
    sighted.show(one, withMembers(Scene.TRAINER, "a", "b"), BEGIN);
    sighted.show(one, withMembers(Scene.TRAINER, "b", "c"), BEGIN + 1);
    assertEquals(Long.MIN_VALUE, sighted.restartedAt());
    sighted.show(one, withMembers(Scene.TRAINER, "d"), BEGIN + 2);
    assertEquals(BEGIN + 2, sighted.restartedAt());
  }

  @Test
  void isRestartedWhenItsGenerationChanges() {
    Incarnation now = Scene.TRAINER.incarnation();
    sighted.show(one, Scene.TRAINER, BEGIN);
    sighted.show(
        one,
        with(Scene.TRAINER, new Incarnation(now.uid(), 7, now.members()), Scene.TRAINER.extent()),
        BEGIN + 1);
    assertEquals(BEGIN + 1, sighted.restartedAt());
  }

  @Test
  void membersThatWereNeverKnownAreNoRestart() {
    sighted.show(one, withMembers(Scene.TRAINER), BEGIN);
    sighted.show(one, withMembers(Scene.TRAINER, "a"), BEGIN + 1);
    assertEquals(Long.MIN_VALUE, sighted.restartedAt());
  }
}
