package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.decision.Decision;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Signal;
import dev.reeve.model.Step;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.WitnessGroup;
import dev.reeve.model.WorkloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each guard alone objects to one thing, and the same question passes when that guard is taken out:
 * the red proof stands beside the test.
 */
final class GuardChainTest {
  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
  }

  @Test
  void letsAProvenWarnedAndUnprotectedWorkloadPassWithAPermit() throws InterruptedException {
    Verdict.Go go = assertInstanceOf(Verdict.Go.class, asked.judge());
    assertEquals("all " + asked.chain().names().size() + " guards agree", go.reason());
  }

  @Test
  void asksInThePublishedOrder() {
    assertEquals(
        List.of(
            "mode",
            "kill_switch",
            "protection",
            "identity",
            "fresh_evidence",
            "second_witness",
            "mass_veto",
            "baseline",
            "health",
            "notice",
            "flap",
            "mute",
            "cooldown",
            "batch",
            "budget",
            "rule_limit",
            "freeze",
            "approval",
            "re_read",
            "kill_switch"),
        asked.chain().names());
  }

  @Test
  void deniesEverythingWhileItOnlyObserves() throws InterruptedException {
    asked.mode = Mode.OBSERVE;
    objects("mode", ModeGuard.class, "mode is observe: it would terminate");
  }

  @Test
  void deniesWhatARuleWouldDoThatOnlyObserves() throws InterruptedException {
    asked.ruleMode = RuleMode.OBSERVE;
    objects("mode", ModeGuard.class, "rule idle-workload observes: it would terminate");
  }

  @Test
  void stopsWhilePaused() throws InterruptedException {
    asked.decide(new Decision.Paused("ana", "incident", false, OptionalLong.empty()));
    objects("kill_switch", KillSwitchGuard.class, "paused by ana: incident");
  }

  @Test
  void goesOnOnceResumed() throws InterruptedException {
    asked.decide(new Decision.Paused("ana", "incident", false, OptionalLong.empty()));
    asked.decide(new Decision.Resumed("ana"));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void stopsWhileTheStopFileIsThere() throws Exception {
    Files.createFile(folder.resolve("STOP"));
    objects("kill_switch", KillSwitchGuard.class, "is there; remove it");
  }

  @Test
  void stopsWhenTheStopFilesFolderIsGone() throws IOException, InterruptedException {
    asked.stopFile = folder.resolve("not-there").resolve("STOP");
    objects("kill_switch", KillSwitchGuard.class, "cannot be read");
  }

  @Test
  void stopsWhileItsEnvironmentSaysSo() throws InterruptedException {
    asked.stopVariable = Optional.of("");
    objects("kill_switch", KillSwitchGuard.class, "REEVE_STOP is set in its environment");
  }

  @Test
  void asksTheKillSwitchAgainAfterTheReRead() throws InterruptedException {
    asked.onRead =
        () -> asked.decide(new Decision.Paused("ana", "now", false, OptionalLong.empty()));
    objects("kill_switch", KillSwitchGuard.class, "paused by ana: now");
  }

  @Test
  void leavesAProtectedWorkloadAlone() throws InterruptedException {
    asked.sighting = asked.with(Protection.because("REEVE_PROTECT is set"));
    objects("protection", ProtectionGuard.class, "protected: REEVE_PROTECT is set");
  }

  @Test
  void leavesAloneWhatAPatternProtects() throws InterruptedException {
    asked.patterns = List.of("node/*/train*");
    objects("protection", ProtectionGuard.class, "node/*/train*");
  }

  @Test
  void leavesAloneWhatAnotherPlatformOwns() throws InterruptedException {
    asked.foreignTo = "kubernetes";
    objects("protection", ProtectionGuard.class, "belongs to kubernetes");
  }

  @Test
  void neverActsOnAKindThatIsNotKnown() throws InterruptedException {
    asked.kind = WorkloadKind.UNKNOWN;
    objects("protection", ProtectionGuard.class, "its kind is unknown");
  }

  @Test
  void deniesWhenAnotherIncarnationHoldsTheName() throws InterruptedException {
    asked.now = Optional.of(asked.seen(Incarnation.of("9@9@boot", List.of("9@9"))));
    objects("identity", IdentityGuard.class, "another incarnation");
  }

  @Test
  void deniesWhenTheExtentIsUnknown() throws InterruptedException {
    asked.extent = new Extent.Unknown("WORLD_SIZE is 16");
    objects("identity", IdentityGuard.class, "WORLD_SIZE is 16");
  }

  @Test
  void holdsWhileSourcesDoNotAgreeWhoseGpusTheseAre() throws InterruptedException {
    asked.attribution = new Subject.Attribution.Unsure("one poll only");
    objects("identity", IdentityGuard.class, "one poll only");
    assertInstanceOf(Verdict.Hold.class, asked.judge());
  }

  @Test
  void holdsWhileNoLookupSeesItAsJustAfterAStart() throws InterruptedException {
    asked.unseen = true;
    objects("identity", IdentityGuard.class, "no lookup sees it now");
    assertInstanceOf(Verdict.Hold.class, asked.judge());
  }

  @Test
  void deniesWhenTheConditionIsRefutedNow() throws InterruptedException {
    asked.truth = Truth.REFUTED;
    objects("fresh_evidence", FreshEvidenceGuard.class, "refuted now");
  }

  @Test
  void holdsWhileTheConditionIsUnknown() throws InterruptedException {
    asked.truth = Truth.UNKNOWN;
    objects("fresh_evidence", FreshEvidenceGuard.class, "not known now");
  }

  @Test
  void holdsWhenTheNewestJudgementIsOld() throws InterruptedException {
    asked.judgedAgo = Duration.ofMinutes(5);
    objects("fresh_evidence", FreshEvidenceGuard.class, "is 5m old");
  }

  @Test
  void holdsUntilThisProcessHasObservedAFullSpan() throws InterruptedException {
    asked.startedAgo = Duration.ofMinutes(29);
    objects("fresh_evidence", FreshEvidenceGuard.class, "observed for 29m, the rule needs 30m");
  }

  @Test
  void holdsForAFullSpanAfterAnUnknownStretch() throws InterruptedException {
    asked.heldFor = Duration.ofMinutes(10);
    objects("fresh_evidence", FreshEvidenceGuard.class, "has held for 10m of 30m");
  }

  @Test
  void deniesForARuleThatIsMistrusted() throws InterruptedException {
    asked.mistrust = "it fired without being confirmed";
    objects("fresh_evidence", FreshEvidenceGuard.class, "fired without being confirmed");
  }

  @Test
  void deniesOnTheWordOfOneGroupOfWitnesses() throws InterruptedException {
    asked.evidence = List.of(asked.idle(WitnessGroup.NVML), asked.idle(WitnessGroup.NVML));
    objects("second_witness", SecondWitnessGuard.class, "only nvml bears witness");
  }

  @Test
  void doesNotCountAWitnessThatIsUnknown() throws InterruptedException {
    asked.evidence = List.of(asked.idle(WitnessGroup.NVML), asked.unknown(WitnessGroup.PROFILING));
    objects("second_witness", SecondWitnessGuard.class, "only nvml bears witness");
  }

  @Test
  void deniesWhenAWitnessThatTheRuleDidNotAskSaysBusy() throws InterruptedException {
    asked.witnesses.put(Signal.GPU_POWER_OVER_IDLE, asked.window(4.2));
    objects("second_witness", SecondWitnessGuard.class, "gpu.power_over_idle says it is busy");
  }

  @Test
  void deniesWhenTheProcessesWorkOnTheCpu() throws InterruptedException {
    asked.witnesses.put(Signal.PROCESS_CPU_RATE, asked.window(3));
    objects("second_witness", SecondWitnessGuard.class, "process.cpu_rate says it is busy");
  }

  @Test
  void endsNoWorkOnASickDeviceSinceSickIsNotWaste() throws InterruptedException {
    asked.sick = "GPU-1: XID 79, seen 2m ago";
    objects("health", HealthGuard.class, "sick, which is no waste: GPU-1: XID 79, seen 2m ago");
  }

  @Test
  void letsASickDeviceBeDrained() throws InterruptedException {
    asked.sick = "GPU-1: XID 79, seen 2m ago";
    asked.remedy = new Remedy.Drain();
    asked.toldOf = List.of("drain");
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void deniesWhenNobodyWasTold() throws InterruptedException {
    asked.warned = false;
    objects("notice", NoticeGuard.class, "nobody was told");
  }

  @Test
  void deniesWhatItsOwnerWasNotToldOf() throws InterruptedException {
    asked.toldOf = List.of("suspend");
    objects("notice", NoticeGuard.class, "nobody was told that it may terminate");
  }

  @Test
  void holdsUntilTheNoticeHasPassed() throws InterruptedException {
    asked.notice = Duration.ofMinutes(14);
    objects("notice", NoticeGuard.class, "notice was given for 14m of 15m");
  }

  @Test
  void holdsUntilTheOperatorsNoticeHasPassedWhereTheRuleAsksForLess() throws InterruptedException {
    asked.leastNotice = Duration.ofHours(2);
    objects("notice", NoticeGuard.class, "notice was given for 15m of 2h");
    asked.notice = Duration.ofHours(2);
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsUntilThePromisedNoticeHasPassedWhereTheRuleAsksForLessNow()
      throws InterruptedException {
    asked.promised = Duration.ofHours(1);
    objects("notice", NoticeGuard.class, "notice was given for 15m of 1h");
    asked.notice = Duration.ofHours(1);
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsWhatStopsAndGoesOnByItselfAgainAndAgain() throws InterruptedException {
    asked.clears(1);
    asked.ticker.advance(Duration.ofHours(1));
    asked.clears(2);
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.clears(3);
    objects("flap", FlapGuard.class, "was refuted 3 times within 6h");
    assertEquals(
        Duration.ofHours(5), assertInstanceOf(Verdict.Hold.class, asked.judge()).retryIn());
    asked.ticker.advance(Duration.ofHours(5).plusSeconds(1));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsWhileTheNameCoolsDownWhateverIncarnationCarriesIt() throws InterruptedException {
    asked.actedOn("other-plan", asked.id().toString());
    asked.budget = 10;
    objects("cooldown", CooldownGuard.class, "the cooldown is 1h");
  }

  @Test
  void holdsWhileAnotherPlanIsAtWorkOnItHoweverLongAgoItBegan() throws InterruptedException {
    asked.actsOn("other-plan", asked.id().toString());
    asked.ticker.advance(Duration.ofHours(5));
    objects("cooldown", CooldownGuard.class, "other-plan is still being carried out");
  }

  @Test
  void leavesAloneWhatARuleFindsWhoseActionsDoNotHelp() throws InterruptedException {
    asked.policy = GuardPolicy.NONE.withMuteAfter(2);
    asked.budget = 10;
    asked.actedOn("p1", "node/m/bo/process/a");
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.actedOn("p2", "node/m/bo/process/b");
    asked.ticker.advance(Duration.ofHours(2));
    objects("mute", MuteGuard.class, "the last 2 actions of rule idle-workload did not help");
    asked.decide(new Decision.Unmuted("idle-workload", "ana"));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsWhenTheBudgetIsSpent() throws InterruptedException {
    asked.actedOn("other-plan", "node/m/ana/process/other");
    objects("budget", BudgetGuard.class, "1 of 1 plans are spent within 10m");
  }

  @Test
  void aPlanThatHasBegunNeedsNoMoreBudget() throws InterruptedException {
    asked.actedOn(asked.plan().id(), asked.id().toString());
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void givingBackNeedsNothingButThatNotAllIsPaused() {
    asked.mode = Mode.OBSERVE;
    asked.warned = false;
    asked.decide(new Decision.Paused("ana", "incident", false, OptionalLong.empty()));
    Step back = step(Step.Effect.RESTORING);
    Question question = asked.question();
    assertInstanceOf(Verdict.Go.class, asked.chain().restore(asked.plan(), back, question.state()));
    asked.decide(new Decision.Paused("ana", "incident", true, OptionalLong.empty()));
    Verdict held = asked.chain().restore(asked.plan(), back, question.state());
    assertInstanceOf(Verdict.Hold.class, held);
    assertEquals("kill_switch", held.guard());
  }

  @Test
  void nothingHarmingPassesAsGivingBack() {
    Step harming = step(Step.Effect.HARMING);
    assertInstanceOf(
        Verdict.Deny.class, asked.chain().restore(asked.plan(), harming, asked.question().state()));
  }

  private Step step(Step.Effect effect) {
    Step of = asked.plan().steps().getFirst();
    return new Step(
        101,
        "sigcont",
        effect,
        of.goal(),
        of.deadline(),
        true,
        false,
        of.arguments(),
        Optional.empty());
  }

  @Test
  void aPauseForATimeEndsByTheEvidenceClockAlone() throws InterruptedException {
    long time = Duration.ofHours(2).toNanos();
    asked.decide(new Decision.Paused("ana", "incident", false, OptionalLong.of(time)));
    asked.ticker.advance(Duration.ofMinutes(119));
    objects("kill_switch", KillSwitchGuard.class, "paused by ana");
    asked.ticker.advance(Duration.ofMinutes(1));
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  private void objects(String guard, Class<? extends Guard> type, String reason)
      throws InterruptedException {
    asked.objects(guard, type, reason);
  }
}
