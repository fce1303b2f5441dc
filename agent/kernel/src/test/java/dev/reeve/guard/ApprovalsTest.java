package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.decision.Decision;
import dev.reeve.model.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a person, and what a person's answer is good for. */
final class ApprovalsTest {
  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
  }

  @Test
  void asksSomebodyWhereTooManyWereFoundAtOnce() throws InterruptedException {
    asked.decide(new Decision.Doubted("idle-workload", 4, 10, List.of("ep0", "ep1")));
    objects("mass_veto", MassVetoGuard.class, "found 4 of 10 workloads within minutes");
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    asked.approves(asked.plan());
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void holdsUntilItShowsWhetherItIsOneOfMany() throws InterruptedException {
    asked.startedAgo = Duration.ofMinutes(4);
    Verdict held = new MassVetoGuard(Approving.DEFAULT).check(asked.question()).orElseThrow();
    assertInstanceOf(Verdict.Hold.class, held);
    assertEquals("observed for 4m1s, whether it is one of many shows after 5m", held.reason());
  }

  @Test
  void asksSomebodyWhereNothingIsDoneWithoutApproval() throws InterruptedException {
    asked.mode = Mode.APPROVE;
    objects("approval", ApprovalGuard.class, "'reeve approve ep1-terminate' lets it");
    assertInstanceOf(Verdict.AskHuman.class, asked.judge());
    asked.approves(asked.plan());
    assertInstanceOf(Verdict.Go.class, asked.judge());
  }

  @Test
  void anApprovalOfAnotherIncarnationIsNone() throws InterruptedException {
    asked.mode = Mode.APPROVE;
    asked.sighting = asked.reincarnated();
    Plan other = asked.plan();
    asked.sighting = null;
    asked.approves(other);
    objects("approval", ApprovalGuard.class, "mode is approve");
  }

  @Test
  void anApprovalEndsAfterItsTime() throws InterruptedException {
    asked.mode = Mode.APPROVE;
    asked.approves(asked.plan());
    asked.ticker.advance(Duration.ofMinutes(59));
    assertInstanceOf(Verdict.Go.class, asked.judge());
    asked.ticker.advance(Duration.ofMinutes(1));
    objects("approval", ApprovalGuard.class, "mode is approve");
  }

  @Test
  void anApprovalIsUsedUpByItsPlan() throws InterruptedException {
    asked.mode = Mode.APPROVE;
    asked.approves(asked.plan());
    asked.actsOn(asked.plan().id(), asked.id().toString());
    asked.ticker.advance(Duration.ofHours(2));
    assertInstanceOf(Verdict.Go.class, asked.judge(), "its other steps need no other");
    asked.actedOn(asked.plan().id(), asked.id().toString());
    objects("approval", ApprovalGuard.class, "mode is approve");
  }

  @Test
  void deniesWhatSomebodyRefusedThoughSomebodyElseApprovedIt() throws InterruptedException {
    asked.approves(asked.plan());
    asked.decide(new Decision.Refused("ep1", "bo", "it waits for a licence"));
    objects("approval", ApprovalGuard.class, "refused by bo: it waits for a licence");
  }

  private void objects(String guard, Class<? extends Guard> type, String reason)
      throws InterruptedException {
    asked.objects(guard, type, reason);
  }

  @Test
  void anApprovalThatHadEndedIsNotRevivedByAPlanThatBeginsWithoutIt() throws InterruptedException {
    asked.approves(asked.plan());
    asked.ticker.advance(Duration.ofHours(2));
    asked.actsOn(asked.plan().id(), asked.id().toString());
    asked.mode = Mode.APPROVE;
    objects("approval", ApprovalGuard.class, "mode is approve");
  }
}
