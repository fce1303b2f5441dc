package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.config.Glob;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.RuleMode;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes and protection that concern some workloads and not others. */
final class ScopesTest {
  private static final List<Glob> NO = List.of();

  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
  }

  private static List<Glob> of(String pattern) {
    return List.of(new Glob(pattern));
  }

  private void modes(Scope scope, Mode mode) {
    asked.policy = GuardPolicy.NONE.withModes(List.of(new GuardPolicy.ScopedMode(scope, mode)));
  }

  private void protects(Scope scope) {
    asked.policy = GuardPolicy.NONE.withProtects(List.of(scope));
  }

  private static WorkloadSighting owned(String platform, String namespace, String owner) {
    return new WorkloadSighting(
        new WorkloadId(platform, "m", namespace, "process", "train.py"),
        Incarnation.of("7@100@boot", List.of("7@100")),
        WorkloadKind.TRAINING,
        owner,
        "",
        new Extent.Unknown("a test"),
        Protection.none(),
        Optional.empty(),
        "");
  }

  @Test
  void observesForThoseForWhomItOnlyObserves() throws InterruptedException {
    modes(new Scope(NO, NO, of("ana"), NO, NO), Mode.OBSERVE);
    asked.objects(
        "mode", ModeGuard.class, "mode is observe for namespaces ana (guard.modes): it would");
    modes(new Scope(NO, NO, of("bo"), NO, NO), Mode.OBSERVE);
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void asksSomebodyForThoseForWhomNothingIsDoneWithoutApproval() throws InterruptedException {
    modes(new Scope(of("idle-workload"), NO, NO, NO, NO), Mode.APPROVE);
    asked.objects("approval", ApprovalGuard.class, "mode is approve for rules idle-workload");
    asked.approves(asked.plan());
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  /** The daemon's, the owner's, the platform's and the rule's, and what decides. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "act act act act: go",
        "act observe act act: mode",
        "act approve act act: approval",
        "act approve observe act: mode",
        "approve act act act: approval",
        "observe act act act: mode",
        "act off act act: mode",
        "act act act observe: mode"
      })
  void theStrictestModeCounts(String modes) throws InterruptedException {
    List<String> words = List.of(modes.replace(":", "").split(" "));
    asked.mode = mode(words.get(0));
    asked.ruleMode = words.get(3).equals("act") ? RuleMode.ACT : RuleMode.OBSERVE;
    asked.policy =
        GuardPolicy.NONE.withModes(
            List.of(
                new GuardPolicy.ScopedMode(
                    new Scope(NO, NO, NO, of("ana"), NO), mode(words.get(1))),
                new GuardPolicy.ScopedMode(
                    new Scope(NO, of("node"), NO, NO, NO), mode(words.get(2)))));
    Verdict verdict = asked.judge();
    assertEquals(
        words.get(4), verdict instanceof Verdict.Go ? "go" : verdict.guard(), verdict.reason());
  }

  private static Mode mode(String text) {
    return Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Test
  void tellsNobodyWhereItIsOff() {
    GuardPolicy policy =
        GuardPolicy.NONE.withModes(
            List.of(new GuardPolicy.ScopedMode(new Scope(NO, NO, NO, of("ana"), NO), Mode.OFF)));
    Modes modes = new Modes(Mode.ACT, policy);
    assertFalse(modes.tells("idle-workload", owned("node", "ana", "ana")));
    assertTrue(modes.tells("idle-workload", owned("node", "ana", "bo")));
  }

  @Test
  void leavesAloneWhatIsProtectedByOwnerOrNamespaceOrPlatform() throws InterruptedException {
    protects(new Scope(NO, NO, NO, of("an*"), NO));
    asked.objects(
        "protection", ProtectionGuard.class, "protected for owners an* (guard.leave_alone)");
    protects(new Scope(NO, NO, of("ana"), NO, NO));
    asked.objects("protection", ProtectionGuard.class, "protected for namespaces ana");
    protects(new Scope(NO, of("node"), NO, NO, NO));
    asked.objects("protection", ProtectionGuard.class, "protected for platforms node");
    protects(new Scope(NO, of("node"), NO, of("bo"), NO));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void anOwnerWhoIsNotKnownMayBeOneWhoIsProtected() {
    Scope scope = new Scope(NO, NO, NO, of("bo"), NO);
    assertTrue(scope.covers("idle-workload", owned("node", "ana", "")));
    assertFalse(scope.covers("idle-workload", owned("node", "ana", "ana")));
  }
}
