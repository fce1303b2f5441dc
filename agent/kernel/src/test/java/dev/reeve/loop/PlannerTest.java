package dev.reeve.loop;

import static dev.reeve.loop.Seen.minutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.WallTime;
import dev.reeve.guard.FakeAction;
import dev.reeve.guard.Scene;
import dev.reeve.guard.Situation;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.Rung;
import dev.reeve.model.Step;
import dev.reeve.model.Subject;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which plan is made, and above all which is not. */
final class PlannerTest {
  private static final long NOW = minutes(120).toNanos();
  private static final Subject.Workload TRAINING = Seen.training("a", 0);

  private final Platform platform = new Platform();
  private Optional<Action> action = Optional.of(platform);

  /** Offers what a test lets it, and records what it was asked. */
  private static final class Platform extends FakeAction {
    private final List<String> asked = new ArrayList<>();
    private Set<String> saves = Set.of("terminate", "suspend");
    private String impossible = "";
    private boolean broken;
    private boolean stepless;

    Platform() {
      super(TRAINING.sighting());
    }

    @Override
    public Offer offers(Remedy remedy, WorkloadSighting of) {
      asked.add(remedy.verb() + " " + of.id().name());
      if (broken && of.id().name().equals("a")) {
        throw new IllegalStateException("a bug");
      }
      return impossible.isEmpty()
          ? new Offer.Possible(saves.contains(remedy.verb()))
          : new Offer.Impossible(impossible);
    }

    @Override
    public List<Step> steps(Plan plan) {
      return stepless ? List.of() : super.steps(plan);
    }
  }

  @Test
  void noRungIsDueBeforeItsTimeFromTheStartOfTheEvidence() {
    assertEquals(List.of(), due(situation(Seen.IDLE, TRAINING, minutes(45).minusNanos(1))));
    assertEquals(List.of("terminate"), due(situation(Seen.IDLE, TRAINING, minutes(45))));
  }

  @ParameterizedTest
  @EnumSource(value = WorkloadKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TRAINING")
  void nothingIsEverDueForAKindThatTheRuleDoesNotName(WorkloadKind kind) {
    Subject.Workload other = Seen.workload(Seen.sighting("a", "a@boot", kind), 0);
    assertEquals(List.of(), due(situation(Seen.IDLE, other, Duration.ofDays(9))));
  }

  @Test
  void nothingIsDueForWhatIsNotSeenAnyMore() {
    Situation gone = situation(Seen.IDLE, TRAINING, minutes(60), Optional.empty());
    assertEquals(List.of(), due(gone));
    assertEquals("no rung of the ladder is due", only(gone).reason());
  }

  @Test
  void tellingAnOwnerIsNoPlan() {
    assertEquals(List.of(), due(situation(Seen.PARTLY, TRAINING, Duration.ofDays(9))));
  }

  @Test
  void thePlanIsForTheIncarnationThatWasJudgedByTheRuleSetThatJudged() {
    Plan plan = only(situation(Seen.IDLE, TRAINING, minutes(60))).plan().orElseThrow();
    assertEquals(TRAINING.sighting(), plan.target());
    assertEquals("rules", plan.ruleSet());
    assertEquals("idle", plan.rule());
    assertEquals("ep-idle-a@boot-terminate", plan.id());
    assertEquals(TRAINING.cost(), plan.saves());
    assertEquals(List.of("sigterm", "sigkill"), plan.steps().stream().map(Step::name).toList());
    assertEquals(List.of("SIGTERM", "SIGKILL"), plan.preview());
  }

  @Test
  void theMildestRemedyThatIsDueAmongAWorkloadsEpisodesGoesFirstAndAlone() {
    List<Proposal> proposals =
        propose(
            situation(Seen.IDLE, TRAINING, minutes(90)),
            situation(Seen.RESTING, TRAINING, minutes(50)));
    assertEquals(1, proposals.size());
    assertEquals("suspend", proposals.getFirst().plan().orElseThrow().remedy().verb());
  }

  @Test
  void aMilderRemedyThatSavesNothingHereGivesWayToTheNext() {
    platform.saves = Set.of("terminate");
    Proposal proposal =
        propose(
                situation(Seen.IDLE, TRAINING, minutes(90)),
                situation(Seen.RESTING, TRAINING, minutes(50)))
            .getFirst();
    assertEquals("terminate", proposal.plan().orElseThrow().remedy().verb());
  }

  @Test
  void aHarsherRemedyThatIsNotDueYetIsNotTakenBecauseTheMilderSavesNothing() {
    platform.saves = Set.of("terminate");
    Proposal proposal =
        propose(
                situation(Seen.IDLE, TRAINING, minutes(44)),
                situation(Seen.RESTING, TRAINING, minutes(50)))
            .getFirst();
    assertEquals(Optional.empty(), proposal.plan());
    assertEquals("to suspend it would save nothing here", proposal.reason());
  }

  @Test
  void nothingElseBeginsOnAWorkloadThatHasAnOpenPlan() {
    Proposal proposal =
        planner()
            .propose(
                List.of(situation(Seen.IDLE, TRAINING, minutes(60))), NOW, Set.of(TRAINING.id()))
            .getFirst();
    assertEquals(Optional.empty(), proposal.plan());
    assertTrue(proposal.reason().contains("another plan"), proposal.reason());
    assertEquals(List.of(), platform.asked);
  }

  @Test
  void eachIncarnationOfANameHasItsOwnPlan() {
    Subject.Workload second = Seen.workload(Seen.sighting("a", "b@boot", WorkloadKind.TRAINING), 0);
    List<Proposal> proposals =
        propose(
            situation(Seen.IDLE, TRAINING, minutes(60)), situation(Seen.IDLE, second, minutes(60)));
    assertEquals(
        List.of("a@boot", "b@boot"),
        proposals.stream()
            .map(proposal -> proposal.plan().orElseThrow().target().incarnation().uid())
            .toList());
  }

  @Test
  void workloadsAreTakenInTheOrderOfTheirIds() {
    Subject.Workload z = Seen.training("z", 0);
    assertEquals(
        List.of("ep-idle-a@boot", "ep-idle-z@boot"),
        propose(situation(Seen.IDLE, z, minutes(60)), situation(Seen.IDLE, TRAINING, minutes(60)))
            .stream()
            .map(Proposal::episode)
            .toList());
  }

  @Test
  void withoutAnActionForThePlatformThereIsNoPlan() {
    action = Optional.empty();
    assertEquals(
        "no action for this platform is configured",
        only(situation(Seen.IDLE, TRAINING, minutes(60))).reason());
  }

  @Test
  void whatTheActionLacksIsTheReason() {
    platform.impossible = "CAP_KILL is missing";
    assertEquals("CAP_KILL is missing", only(situation(Seen.IDLE, TRAINING, minutes(60))).reason());
  }

  @Test
  void anActionThatBreaksOffHarmsNoOtherWorkload() {
    platform.broken = true;
    Subject.Workload other = Seen.training("b", 0);
    List<Proposal> proposals =
        propose(
            situation(Seen.IDLE, TRAINING, minutes(60)), situation(Seen.IDLE, other, minutes(60)));
    assertTrue(proposals.getFirst().reason().contains("a bug"), proposals.toString());
    assertTrue(proposals.getLast().plan().isPresent());
  }

  @Test
  void aPlanWithoutAStepIsNone() {
    platform.stepless = true;
    Proposal proposal = only(situation(Seen.IDLE, TRAINING, minutes(60)));
    assertEquals(Optional.empty(), proposal.plan());
    assertEquals("the action for this platform knows no step to terminate", proposal.reason());
  }

  private Planner planner() {
    return new Planner(_ -> action);
  }

  private List<Proposal> propose(Situation... due) {
    return planner().propose(List.of(due), NOW, Set.of());
  }

  private Proposal only(Situation due) {
    return propose(due).getFirst();
  }

  private static List<String> due(Situation situation) {
    return Planner.due(situation, NOW).stream().map(Rung::remedy).map(Remedy::verb).toList();
  }

  private static Situation situation(Rule rule, Subject.Workload of, Duration age) {
    return situation(rule, of, age, Optional.of(of));
  }

  private static Situation situation(
      Rule rule, Subject.Workload of, Duration age, Optional<Subject.Workload> now) {
    Episode episode =
        new Episode(
            "ep-" + rule.id() + "-" + of.incarnation(),
            rule.id(),
            "rules",
            of.id(),
            of.sighting().id().toString(),
            of.incarnation(),
            EpisodeState.DUE,
            NOW - age.toNanos(),
            OptionalLong.of(0),
            Promise.NONE,
            rule.minNotice().toNanos(),
            OptionalLong.empty(),
            "");
    return new Situation(
        NOW,
        0,
        0,
        rule,
        episode,
        Truth.CONFIRMED,
        Optional.empty(),
        now,
        Map.of(),
        0,
        new Scene(WallTime.of(Instant.EPOCH), List.of()),
        "");
  }
}
