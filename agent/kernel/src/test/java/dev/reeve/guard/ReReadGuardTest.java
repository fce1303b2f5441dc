package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.model.Extent;
import dev.reeve.model.Plan;
import dev.reeve.model.Protection;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform shows at the last moment; the red proof stands beside each test. */
final class ReReadGuardTest {
  @TempDir Path folder;
  private Asked asked;

  @BeforeEach
  void ask() {
    asked = new Asked(folder);
  }

  @Test
  void deniesWhenItIsGoneAtTheReRead() throws InterruptedException {
    asked.reRead = Optional.of(new Action.Target.Gone());
    objects("re_read", ReReadGuard.class, "it is gone");
  }

  @Test
  void holdsWhileItCannotBeReRead() throws InterruptedException {
    asked.reRead = Optional.of(new Action.Target.Unreadable("no answer"));
    objects("re_read", ReReadGuard.class, "cannot be read: no answer");
    assertInstanceOf(Verdict.Hold.class, asked.judge());
  }

  @Test
  void deniesWhenTheReReadShowsAMemberThatTheEvidenceDidNotCover() throws InterruptedException {
    asked.reRead =
        Optional.of(new Action.Target.Present(asked.sighting(), new TreeSet<>(Set.of("77@1234"))));
    objects("re_read", ReReadGuard.class, "77@1234");
  }

  @Test
  void deniesWhenThePlatformBreaksOffAtTheReRead() throws InterruptedException {
    asked.onRead =
        () -> {
          throw new IllegalStateException("a bug");
        };
    objects("re_read", ReReadGuard.class, "cannot be read: the action broke off");
  }

  @Test
  void holdsWhenReadingItTookSoLongThatItMayBeOtherwiseByNow() throws InterruptedException {
    asked.onRead = () -> asked.ticker.advance(Duration.ofSeconds(11));
    objects("re_read", ReReadGuard.class, "took 11s, at most 10s may");
  }

  @Test
  void deniesWithoutAReReadOrWithTheOneOfAnotherPlan() throws InterruptedException {
    assertEquals("it was not read again", asked.chain().judge(asked.question()).reason());
    Plan other = asked.plan();
    other =
        new Plan(
            "other",
            other.episode(),
            other.rule(),
            other.ruleSet(),
            other.target(),
            other.remedy(),
            other.steps(),
            other.saves(),
            other.preview());
    asked.reading = Optional.of(asked.chain().reRead(other));
    assertEquals("something else was read again", asked.chain().judge(asked.question()).reason());
  }

  @Test
  void deniesWhenItWasProtectedBetweenDecisionAndCall() throws InterruptedException {
    WorkloadSighting shielded = asked.with(Protection.because("REEVE_PROTECT is set"));
    asked.reRead = Optional.of(new Action.Target.Present(shielded, new TreeSet<>()));
    objects("re_read", ReReadGuard.class, "protected");
  }

  @Test
  void deniesWhenItDeclaredProtectionSinceTheLastCycle() throws InterruptedException {
    asked.declared = Protection.because("it declared it on the run socket");
    objects("re_read", ReReadGuard.class, "it declared it on the run socket");
  }

  @Test
  void deniesWhatWasIdleAndWorksAtTheReRead() throws InterruptedException {
    asked.reRead =
        Optional.of(
            new Action.Target.Present(asked.sighting(), new TreeSet<>(), OptionalDouble.of(0.97)));
    objects("re_read", ReReadGuard.class, "it works again: a device of it is busy for 97 %");
  }

  @Test
  void deniesWhenItHoldsAnotherGpuAtTheReRead() throws InterruptedException {
    asked.reRead =
        Optional.of(
            new Action.Target.Present(
                asked.with(Extent.of(List.of(dev.reeve.model.SubjectId.gpu("GPU-2")))),
                new TreeSet<>()));
    objects("re_read", ReReadGuard.class, "other GPUs");
  }

  private void objects(String guard, Class<? extends Guard> type, String reason)
      throws InterruptedException {
    asked.objects(guard, type, reason);
  }
}
