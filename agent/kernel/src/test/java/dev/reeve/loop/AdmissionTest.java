package dev.reeve.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.MemoryJournal;
import dev.reeve.guard.Asked;
import dev.reeve.guard.FakeAction;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.Truth;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.time.Clocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that takes its time holds up nobody, and whatever comes meanwhile counts. */
@SuppressWarnings("NullAway.Init") // set before each test
final class AdmissionTest {
  @TempDir private Path folder;
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private Asked asked;
  private MemoryJournal journal;
  private DecisionLog log;
  private EpisodeBook book;
  private FakeAction action;

  /** A platform whose answer waits until a test lets it go. */
  private final class Slow extends FakeAction {
    Slow() {
      super(asked.sighting());
    }

    @Override
    public Target read(WorkloadId workload, Incarnation judged) throws InterruptedException {
      reading.countDown();
      go.await();
      return super.read(workload, judged);
    }
  }

  @BeforeEach
  void openAnEpisodeThatIsDue() {
    asked = new Asked(folder);
    journal = new MemoryJournal(asked.ticker);
    log = journal.open();
    action = new Slow();
    log.append(
        new Decision.EpisodeMoved(
            new Episode(
                "ep1",
                "idle-workload",
                "rules",
                asked.sighting().subject(),
                asked.sighting().id().toString(),
                asked.sighting().incarnation().uid(),
                EpisodeState.DUE,
                asked.ticker.nanos(),
                OptionalLong.of(asked.ticker.nanos()),
                Promise.of(Duration.ZERO, List.of("terminate")),
                asked.rule().minNotice().toNanos(),
                OptionalLong.empty(),
                "")));
    log = journal.open();
    book = new EpisodeBook(log, asked.ticker.nanos());
  }

  @AfterEach
  void letGo() {
    go.countDown();
  }

  @Test
  void aReadThatBlocksHoldsUpNeitherTheLoopNorTheStopButton() throws Exception {
    FutureTask<Verdict> admission = admitting();
    soon(
        () -> {
          book.judged("ep1", asked.rule(), Truth.CONFIRMED, asked.ticker.nanos());
          log.append(new Decision.Resumed("the loop"));
        });
    go.countDown();
    assertInstanceOf(Verdict.Go.class, verdict(admission));
    assertEquals(
        List.of("resumed", "plan", "intent", "episode"),
        journal.types().subList(journal.types().size() - 4, journal.types().size()));
  }

  @Test
  void aPauseThatComesMeanwhileDenies() throws Exception {
    denies(
        "kill_switch",
        () -> log.append(new Decision.Paused("ana", "stop", false, OptionalLong.empty())));
  }

  @Test
  void aStopFileThatComesMeanwhileDenies() throws Exception {
    denies("kill_switch", () -> Files.createFile(folder.resolve("STOP")));
  }

  @Test
  void aProtectionThatIsDeclaredMeanwhileDenies() throws Exception {
    denies("re_read", () -> asked.declares(Protection.because("it asked for it")));
  }

  @Test
  void aProtectionThatTheBoardSeesMeanwhileDenies() throws Exception {
    denies("protection", () -> asked.isSeen(Protection.because("REEVE_PROTECT is set")));
  }

  @Test
  void aRefutationThatComesMeanwhileDenies() throws Exception {
    denies("fresh_evidence", () -> asked.truth = Truth.REFUTED);
  }

  @Test
  void anEpisodeThatIsClearedMeanwhileDenies() throws Exception {
    denies("identity", () -> book.judged("ep1", asked.rule(), Truth.REFUTED, asked.ticker.nanos()));
  }

  @Test
  void aBudgetThatIsSpentMeanwhileHolds() throws Exception {
    denies(
        "budget",
        () -> {
          log.append(
              new Decision.PlanOpened(
                  plan("other", Seen.sighting("other", "other@boot", WorkloadKind.TRAINING))));
          log.append(intent("other"));
        });
  }

  @Test
  void anotherPlanThatBeginsOnItMeanwhileHolds() throws Exception {
    denies("cooldown", () -> log.append(new Decision.PlanOpened(plan("other"))));
  }

  @Test
  void aStepThatIsSentMeanwhileIsNotSentTwice() throws Exception {
    denies(
        "identity",
        () -> {
          log.append(new Decision.PlanOpened(plan("ep1-terminate")));
          log.append(intent("ep1-terminate"));
        });
  }

  @Test
  void whatWasReadTooLongAgoIsNotActedOn() throws Exception {
    denies("re_read", () -> asked.ticker.advance(Duration.ofSeconds(11)));
  }

  /** What happens while the platform is read. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private void denies(String guard, Meanwhile meanwhile) throws Exception {
    FutureTask<Verdict> admission = admitting();
    soon(meanwhile);
    long intents = intents();
    go.countDown();
    Verdict verdict = verdict(admission);
    assertEquals(guard, verdict.guard(), verdict.reason());
    assertEquals(intents, intents(), "no intent of its own");
    assertEquals(List.of(), action.calls);
  }

  /** Whoever waits for the lock would wait for ever: another thread does, for a while. */
  private static void soon(Meanwhile meanwhile) throws Exception {
    FutureTask<Boolean> happening =
        new FutureTask<>(
            () -> {
              meanwhile.happens();
              return true;
            });
    Thread.ofVirtual().start(happening);
    happening.get(10, TimeUnit.SECONDS);
  }

  private long intents() {
    return journal.types().stream().filter("intent"::equals).count();
  }

  private FutureTask<Verdict> admitting() throws InterruptedException {
    Clocks clocks =
        new Clocks(asked.ticker, asked.ticker, InstantSource.system(), journal.bootId(), 1);
    Admission admission =
        new Admission(
            new PlanRunner.Ports(
                log,
                book,
                asked.chain(action),
                id -> log.locked(state -> state.episode(id)).map(asked::situation),
                new Silent(),
                clocks,
                CrashPoint.NONE));
    Plan plan = plan("ep1-terminate");
    FutureTask<Verdict> task =
        new FutureTask<>(
            () -> admission.admit(new Admission.Asked(plan, plan.steps().getFirst(), true, false)));
    Thread.ofVirtual().start(task);
    assertTrue(reading.await(10, TimeUnit.SECONDS), "it is being read");
    return task;
  }

  private static Verdict verdict(FutureTask<Verdict> admission) throws Exception {
    return admission.get(10, TimeUnit.SECONDS);
  }

  private Decision.Intent intent(String plan) {
    return new Decision.Intent(
        plan, 1, "sigterm", Step.Effect.HARMING, "other", "idle", "terminate", "uid");
  }

  private Plan plan(String id) {
    return plan(id, asked.sighting());
  }

  private Plan plan(String id, WorkloadSighting target) {
    Plan bare =
        new Plan(
            id,
            "ep1",
            "idle-workload",
            "rules",
            target,
            new Remedy.Terminate(),
            List.of(),
            new Cost.Unknown("no price"),
            List.of());
    return bare.withSteps(action.steps(bare), List.of());
  }
}
