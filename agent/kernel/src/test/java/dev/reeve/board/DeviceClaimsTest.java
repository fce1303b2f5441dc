package dev.reeve.board;

import static dev.reeve.board.Readings.BEGIN;
import static dev.reeve.board.Readings.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Claim;
import dev.reeve.model.Holding;
import dev.reeve.model.Holding.Answer;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DeviceClaimsTest {
  private static final long TICK = 15 * SECOND;
  private static final long SPAN = 40 * TICK;
  private static final SubjectId MINE = Scene.TRAINER.subject();
  private static final SubjectId YOURS = Scene.OTHER.subject();
  private static final SubjectId POD = new SubjectId(SubjectKind.WORKLOAD, "kubernetes/c/ns/J/x#1");
  private static final Answer NOBODY = new Holding.Nobody("complete");
  private static final Answer UNSURE = new Holding.Unsure("the process list is empty");

  private final DeviceClaims claims = new DeviceClaims(Scene.A);
  private final SourceLog smi = new SourceLog("nvidia_smi", 2);
  private final SourceLog dcgm = new SourceLog("dcgm", 0);
  private long now = BEGIN;
  private String foreign = "";

  private static Answer held(SubjectId... by) {
    return new Holding.HeldBy(List.of(by));
  }

  /** The source answers at the next tick. */
  private void next(Answer answer) {
    now += TICK;
    say(smi, answer);
  }

  private void next(Answer answer, int times) {
    for (int i = 0; i < times; i++) {
      next(answer);
    }
  }

  private void say(SourceLog source, Answer answer) {
    assertTrue(source.answer(new Said(source.name()).at(now), now));
    claims.say(source, answer, now);
    claims.settle(now, 2 * SPAN);
  }

  /** The source answers without a word about this device. */
  private void skip(int times) {
    for (int i = 0; i < times; i++) {
      now += TICK;
      assertTrue(smi.answer(new Said(smi.name()).at(now), now));
      claims.settle(now, 2 * SPAN);
    }
  }

  private void silence(int ticks) {
    now += ticks * TICK;
    claims.settle(now, 2 * SPAN);
  }

  private String foreignTo(SubjectId workload) {
    return workload.equals(MINE) ? foreign : "";
  }

  private Answer answer() {
    return claims.answer(this::foreignTo);
  }

  private Optional<String> unsure() {
    return claims.unsure(MINE, answer());
  }

  private Reason whyNotHeld() {
    return claims.whyNotHeld(MINE, SPAN, now).map(Window.Unknown::reason).orElse(null);
  }

  private OptionalDouble unheld() {
    return claims.unheldSeconds(answer());
  }

  @Test
  void twoPollsOfOneSourceAreEnough() {
    next(held(MINE));
    assertEquals(
        "GPU-a: one source says so, once; a second poll or source is needed",
        unsure().orElseThrow());
    next(held(MINE));
    assertTrue(unsure().isEmpty());
  }

  @Test
  void twoSourcesThatAgreeAreEnough() {
    next(held(MINE));
    say(dcgm, held(MINE));
    assertTrue(unsure().isEmpty());
  }

  @Test
  void twoPollsWithAnUnsureOneBetweenThemAreNotInARow() {
    next(held(MINE));
    next(UNSURE);
    next(held(MINE));
    assertTrue(unsure().isPresent());
    next(held(MINE));
    assertTrue(unsure().isEmpty());
  }

  @Test
  void twoPollsWithOneBetweenThatLeavesTheDeviceOutAreNotInARow() {
    next(held(MINE));
    skip(1);
    next(held(MINE));
    assertTrue(unsure().isPresent());
  }

  @Test
  void sourcesThatContradictEachOtherKnowNothing() {
    next(held(MINE), 3);
    say(dcgm, held(YOURS));
    assertEquals(
        "GPU-a: dcgm says %s, nvidia_smi says %s".formatted(YOURS.key(), MINE.key()),
        unsure().orElseThrow());
    assertInstanceOf(Holding.Unsure.class, answer());
  }

  @Test
  void aHolderAndNobodyContradictEachOther() {
    next(held(MINE), 3);
    say(dcgm, NOBODY);
    assertEquals("GPU-a: dcgm says nobody, nvidia_smi says " + MINE.key(), unsure().orElseThrow());
    assertTrue(unheld().isEmpty());
  }

  @Test
  void anUnsureSourceContradictsNobody() {
    next(held(MINE), 3);
    say(dcgm, UNSURE);
    assertTrue(unsure().isEmpty());
    assertEquals(held(MINE), answer());
  }

  @Test
  void anUnsureAnswerIsBorneForThreeIntervals() {
    next(held(MINE), 3);
    next(UNSURE, 3);
    assertEquals(held(MINE), answer());
    next(UNSURE);
    assertEquals(new Holding.Unsure("nvidia_smi: the process list is empty"), answer());
    assertTrue(unsure().isPresent());
    assertEquals(Reason.CLAIM_UNSURE, whyNotHeld());
  }

  @Test
  void silenceIsBorneForThreeIntervals() {
    next(held(MINE), 3);
    silence(3);
    assertTrue(unsure().isEmpty());
    silence(1);
    assertEquals(new Holding.Unsure("no source says who holds it"), answer());
    assertEquals(Reason.CLAIM_UNSURE, whyNotHeld());
  }

  @Test
  void aDeviceThatIsLeftOutIsBorneForThreeIntervals() {
    next(held(MINE), 3);
    skip(3);
    assertEquals(held(MINE), answer());
    skip(1);
    assertInstanceOf(Holding.Unsure.class, answer());
  }

  @Test
  void aClaimThatLapsedBeginsAnew() {
    next(held(MINE), 50);
    assertEquals(null, whyNotHeld());
    silence(4);
    next(held(MINE));
    assertEquals(Reason.TOO_YOUNG, whyNotHeld());
    next(held(MINE), 39);
    assertEquals(Reason.TOO_YOUNG, whyNotHeld());
    next(held(MINE));
    assertEquals(null, whyNotHeld());
  }

  @Test
  void aYoungClaimSaysHowYoungItIs() {
    next(held(MINE), 21);
    assertEquals(
        "GPU-a is held for 5m, 10m are needed",
        claims.whyNotHeld(MINE, SPAN, now).orElseThrow().detail());
  }

  @Test
  void aDeviceThatChangedHandsSaysWhoHeldIt() {
    next(held(YOURS), 50);
    next(held(MINE), 20);
    Window.Unknown changed = claims.whyNotHeld(MINE, SPAN, now).orElseThrow();
    assertEquals(Reason.CHANGED_HANDS, changed.reason());
    assertEquals("GPU-a was held by " + YOURS.key() + " until 4m45s ago", changed.detail());
    next(held(MINE), 20);
    assertEquals(Reason.CHANGED_HANDS, whyNotHeld());
    next(held(MINE));
    assertEquals(null, whyNotHeld());
  }

  @Test
  void aTenantThatComesBackHeldItAnew() {
    next(held(MINE), 50);
    next(held(YOURS));
    next(held(MINE));
    assertEquals(Reason.CHANGED_HANDS, whyNotHeld());
  }

  @Test
  void oneSourceThatSawAnotherHolderIsEnough() {
    for (int i = 0; i < 50; i++) {
      next(held(MINE));
      say(dcgm, held(i < 30 ? YOURS : MINE));
    }
    assertEquals(Reason.CHANGED_HANDS, whyNotHeld());
  }

  @Test
  void theSourceThatHasKnownItLongestCounts() {
    next(held(MINE), 50);
    say(dcgm, held(MINE));
    assertEquals(null, whyNotHeld());
  }

  @Test
  void twoTenantsHoldItTogether() {
    next(held(MINE, YOURS), 50);
    assertEquals(held(MINE, YOURS), answer());
    assertTrue(unsure().isEmpty());
    assertEquals(null, whyNotHeld());
    next(held(MINE));
    assertEquals(held(MINE), answer());
    assertEquals(null, whyNotHeld());
  }

  @Test
  void anotherTenantsClaimIsNotMine() {
    next(held(YOURS), 50);
    assertEquals("GPU-a: no source says that it holds this GPU", unsure().orElseThrow());
    assertEquals(Reason.CLAIM_UNSURE, whyNotHeld());
  }

  @Test
  void aForeignProcessAndItsPodAreOneHolder() {
    foreign = "kubernetes";
    next(held(MINE));
    say(dcgm, held(POD));
    assertEquals(held(POD), answer());
    foreign = "slurm";
    assertInstanceOf(Holding.Unsure.class, answer());
  }

  @Test
  void aForeignProcessHoldsItWhileItsPlatformIsSilent() {
    foreign = "kubernetes";
    next(held(MINE));
    assertEquals(held(MINE), answer());
  }

  @Test
  void countsHowLongNobodyHasHeldIt() {
    next(held(MINE));
    assertTrue(unheld().isEmpty());
    next(NOBODY);
    assertEquals(0, unheld().orElseThrow());
    next(NOBODY, 4);
    assertEquals(60, unheld().orElseThrow());
    silence(3);
    assertEquals(60, unheld().orElseThrow());
    silence(1);
    assertTrue(unheld().isEmpty());
    next(NOBODY);
    assertEquals(0, unheld().orElseThrow());
  }

  @Test
  void anUnsureAnswerInterruptsNobody() {
    next(NOBODY, 10);
    next(UNSURE);
    assertTrue(unheld().isEmpty());
    next(NOBODY, 2);
    assertEquals(15, unheld().orElseThrow());
  }

  @Test
  void nobodyHoldsItOnlySinceTheLastHolderOfAnySource() {
    for (int i = 0; i < 20; i++) {
      next(NOBODY);
      say(dcgm, i < 10 ? held(MINE) : NOBODY);
    }
    assertEquals(9 * 15, unheld().orElseThrow());
  }

  @Test
  void namesEveryClaimWithSourceAndTime() {
    next(held(YOURS), 2);
    next(held(MINE), 3);
    long from = BEGIN + TICK;
    assertEquals(
        List.of(
            new Claim(Scene.A, YOURS, "nvidia_smi", from, OptionalLong.of(from + 2 * TICK), 2),
            new Claim(Scene.A, MINE, "nvidia_smi", from + 2 * TICK, OptionalLong.empty(), 3)),
        claims.claims());
  }

  @Test
  void forgetsClaimsThatNoSpanReaches() {
    next(held(YOURS), 2);
    next(held(MINE), 100);
    assertEquals(1, claims.claims().size());
  }

  @Test
  void keepsFewClaimsHoweverOftenItChangesHands() {
    for (int i = 0; i < 39; i++) {
      next(held(i % 2 == 0 ? MINE : YOURS));
    }
    assertEquals(33, claims.claims().size());
    assertEquals(Reason.CHANGED_HANDS, whyNotHeld());
  }

  @Test
  void forgetsASourceThatFellSilent() {
    next(held(MINE));
    silence(200);
    assertTrue(claims.silent());
  }
}
