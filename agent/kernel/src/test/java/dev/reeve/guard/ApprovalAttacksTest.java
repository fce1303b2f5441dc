package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.model.Plan;
import dev.reeve.model.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways to let a plan be done that nobody approved, each a hundred times with other approvals around
 * it. What comes over the socket is attacked in {@code ViewsTest} and {@code ControlTest}, what is
 * on disk in {@code DecisionStateTest}.
 */
final class ApprovalAttacksTest {
  private static final int TIMES = 100;
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  /** Nothing passes whoever approved other things before and after. */
  private void nothingPasses(BiConsumer<Asked, Random> attack) throws InterruptedException {
    for (int seed = 0; seed < TIMES; seed++) {
      Random random = new Random(seed);
      Asked asked = new Asked(folder);
      asked.mode = Mode.APPROVE;
      asked.budget = 100;
      others(asked, random);
      attack.accept(asked, random);
      others(asked, random);
      Verdict verdict = asked.judge();
      assertInstanceOf(Verdict.AskHuman.class, verdict, "seed " + seed + ": " + verdict.reason());
      assertEquals("approval", verdict.guard());
      // the very same with an approval that counts passes: the attack is what is refused
      asked.approves(asked.plan());
      assertInstanceOf(Verdict.Go.class, asked.judge(), "seed " + seed);
    }
  }

  private static void others(Asked asked, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      String id = "ep" + (2 + random.nextInt(50));
      asked.decide(
          new Decision.Approved(
              id + "-terminate", "shown", "user-" + random.nextInt(3), HOUR.toNanos()));
    }
  }

  private static Duration some(Random random, Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  private static Plan like(Plan plan, String id, String ruleSet, Remedy remedy) {
    return new Plan(
        id,
        plan.episode(),
        plan.rule(),
        ruleSet,
        plan.target(),
        remedy,
        plan.steps(),
        plan.saves(),
        plan.preview());
  }

  @Test
  void anApprovalIsNotReplayedForAPlanThatIsOver() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          asked.approves(asked.plan());
          asked.ticker.advance(some(random, Duration.ofMinutes(30)));
          asked.actedOn(asked.plan().id(), "node/m/bo/process/other");
        });
  }

  @Test
  void anApprovalIsNotUsedForAnotherPlan() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          Plan plan = asked.plan();
          asked.approves(
              like(plan, "ep" + (2 + random.nextInt(9)) + "-terminate", "rules", plan.remedy()));
        });
  }

  @Test
  void anApprovalDoesNotOutliveItsTime() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          asked.approves(asked.plan());
          asked.ticker.advance(HOUR.plus(some(random, Duration.ofDays(3))));
        });
  }

  @Test
  void anApprovalIsNotForAnotherTarget() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          asked.sighting = asked.reincarnated();
          asked.approves(asked.plan());
          asked.sighting = null;
          asked.ticker.advance(some(random, Duration.ofMinutes(30)));
        });
  }

  @Test
  void anApprovalIsNotForAnotherRule() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          Plan plan = asked.plan();
          asked.approves(like(plan, plan.id(), "rules-" + random.nextInt(), plan.remedy()));
        });
  }

  @Test
  void anApprovalOfSomethingMilderIsNotForThis() throws InterruptedException {
    nothingPasses(
        (asked, _) -> {
          Plan plan = asked.plan();
          asked.approves(like(plan, plan.id(), plan.ruleSet(), new Remedy.Suspend()));
        });
  }

  @Test
  void anApprovalIsNotForgedByItsName() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          String shown = Consents.shown(asked.plan());
          String forged =
              switch (random.nextInt(4)) {
                case 0 -> "";
                case 1 -> shown.substring(1);
                case 2 -> shown.toUpperCase(Locale.ROOT);
                default -> UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString();
              };
          asked.decide(new Decision.Approved(asked.plan().id(), forged, "ana", HOUR.toNanos()));
        });
  }

  @Test
  void anApprovalDoesNotOutliveABoot() throws InterruptedException {
    nothingPasses(
        (asked, random) -> {
          asked.approves(asked.plan());
          asked.reboots();
          asked.ticker.advance(some(random, Duration.ofMinutes(5)));
        });
  }

  private static Approving approving(boolean byOthers, String... twoFor) {
    return new Approving(HOUR, byOthers, new TreeSet<>(List.of(twoFor)));
  }

  private static void approves(Asked asked, String who) {
    Plan plan = asked.plan();
    asked.decide(new Decision.Approved(plan.id(), Consents.shown(plan), who, HOUR.toNanos()));
  }

  @Test
  void nobodyApprovesForHimself() throws InterruptedException {
    for (int pid = 0; pid < TIMES; pid++) {
      Asked asked = new Asked(folder);
      asked.mode = Mode.APPROVE;
      asked.policy = GuardPolicy.NONE.withApproving(approving(true));
      approves(asked, "ana (pid " + pid + ")");
      assertInstanceOf(Verdict.AskHuman.class, asked.judge(), "ana owns the workload");
      approves(asked, "uid 1000 (pid " + pid + ")");
      assertInstanceOf(Verdict.AskHuman.class, asked.judge(), "and may be anybody");
      approves(asked, "bo (pid 7)");
      assertInstanceOf(Verdict.Go.class, asked.judge());
    }
  }

  @Test
  void oneUserIsOnePersonHoweverManyProcessesSpeak() throws InterruptedException {
    Asked asked = new Asked(folder);
    asked.mode = Mode.APPROVE;
    asked.policy = GuardPolicy.NONE.withApproving(approving(false, "terminate"));
    for (int pid = 1; pid <= TIMES; pid++) {
      approves(asked, "bo (pid " + pid + ")");
    }
    Verdict one = asked.judge();
    assertInstanceOf(Verdict.AskHuman.class, one);
    assertTrue(one.reason().contains("bo did, a second person has to"), one.reason());
    approves(asked, "cy (pid 1)");
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void theSecondOfTwoMustApproveTheSameInTime() throws InterruptedException {
    Asked asked = new Asked(folder);
    asked.mode = Mode.APPROVE;
    asked.policy = GuardPolicy.NONE.withApproving(approving(false, "terminate"));
    approves(asked, "bo (pid 1)");
    asked.ticker.advance(HOUR);
    approves(asked, "cy (pid 2)");
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    approves(asked, "bo (pid 3)");
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void whatNeedsTwoNeedsThemForEveryQuestion() throws InterruptedException {
    List<Decision> questions = new ArrayList<>();
    questions.add(new Decision.Doubted("idle-workload", 4, 10, List.of("ep1")));
    questions.add(new Decision.OverBudget(List.of("ep1", "ep2"), "spent"));
    for (Decision question : questions) {
      Asked asked = new Asked(folder);
      asked.policy = GuardPolicy.NONE.withApproving(approving(false, "terminate"));
      asked.decide(question);
      approves(asked, "bo (pid 1)");
      assertInstanceOf(Verdict.AskHuman.class, asked.judge());
      approves(asked, "cy (pid 1)");
      assertInstanceOf(Verdict.Go.class, asked.judge());
    }
  }
}
