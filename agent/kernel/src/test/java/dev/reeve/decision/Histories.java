package dev.reeve.decision;

import dev.reeve.journal.JournalRecord;
import dev.reeve.model.Checkpoint;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Outcome;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Step;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Decisions by chance, about so few things that they meet each other. Whoever adds a kind of
 * decision, or a part of one, adds it here: a test asks for it.
 */
final class Histories {
  private final Random random;
  private long sequence;
  private long bootNanos = 5_000_000_000L;
  private long wallMillis = 1_700_000_000_000L;
  private UUID boot = new UUID(0, 1);

  Histories(long seed) {
    this.random = new Random(seed);
  }

  /** The next record, as a journal would hand it back. */
  JournalRecord next() {
    Decision decision = sequence == 0 || random.nextInt(25) == 0 ? started() : decision();
    long passed = random.nextLong(1L << random.nextInt(30, 42));
    bootNanos += passed;
    wallMillis +=
        passed / 1_000_000 + (random.nextInt(12) == 0 ? random.nextInt(-1 << 22, 1 << 22) : 0);
    return record(decision);
  }

  JournalRecord record(Decision decision) {
    return new JournalRecord(
        ++sequence,
        wallMillis,
        boot,
        bootNanos,
        DecisionWriter.type(decision),
        1,
        DecisionWriter.write(decision));
  }

  private Decision started() {
    if (random.nextInt(3) == 0) {
      boot = new UUID(0, random.nextInt(5));
      bootNanos = random.nextLong(1L << 40);
    }
    return new Decision.Started(word("v"), word("act"), random.nextBoolean() ? 1 : 70.5, word("s"));
  }

  private Decision decision() {
    List<Supplier<Decision>> all =
        List.of(
            () -> new Decision.EpisodeMoved(episode()),
            () -> new Decision.EpisodeMoved(episode()),
            () ->
                new Decision.NoticeSent(
                    word("ep"), word("w"), word("ana"), word("mail"), flag(), word("to")),
            () -> new Decision.PlanOpened(plan()),
            this::intent,
            this::intent,
            () ->
                new Decision.StepEnded(
                    word("p"),
                    step(),
                    outcome(),
                    flag() ? Optional.of(sighting()) : Optional.empty()),
            () -> new Decision.StepWaited(word("p"), step(), flag(), word("seen")),
            () ->
                new Decision.PlanClosed(
                    word("p"), one(Decision.Result.values()), word("why"), cost()),
            () -> new Decision.Paused(word("ana"), word("why"), flag(), maybe(1L << 42)),
            () -> new Decision.Resumed(word("ana")),
            () ->
                new Decision.RulesLoaded(
                    word("key"), word("hash"), step(), word("by"), word("problem")),
            () -> new Decision.RulesHung(word("hash"), random.nextLong(100)),
            () -> new Decision.Doubted(word("idle"), step(), step(), List.of(word("ep"), "ep1")),
            () ->
                new Decision.Approved(
                    word("p"), word("shown"), word("ana"), random.nextLong(1L << 43)),
            () -> new Decision.Refused(word("ep"), word("ana"), word("why")),
            () ->
                new Decision.Snoozed(
                    word("ep"), word("ana"), word("why"), random.nextLong(1L << 43)),
            () -> new Decision.Unmuted(word("idle"), word("ana")),
            () -> new Decision.OverBudget(List.of(word("ep"), "ep1"), word("why")),
            () ->
                new Decision.BatchConfirmed(
                    one(Batches.Kind.values()), List.of(word("ep")), word("ana")));
    return all.get(random.nextInt(all.size())).get();
  }

  private Decision intent() {
    return new Decision.Intent(
        word("p"),
        step(),
        word("sigterm"),
        one(Step.Effect.values()),
        word("w"),
        word("idle"),
        word("terminate"),
        word("uid"));
  }

  private Episode episode() {
    return new Episode(
        word("ep"),
        word("idle"),
        word("s"),
        new SubjectId(one(SubjectKind.values()), word("GPU-")),
        flag() ? "" : word("w"),
        word("uid"),
        flag() ? EpisodeState.EXPIRED : one(EpisodeState.values()),
        random.nextLong(1L << 50),
        maybe(1L << 50),
        flag()
            ? Promise.NONE
            : Promise.of(Duration.ofNanos(random.nextLong(1, 1L << 40)), List.of(word("t"))),
        random.nextLong(1L << 40),
        maybe(1L << 50),
        word("a \u001b[31m \"note\" \u4e2d"));
  }

  private Plan plan() {
    return new Plan(
        word("p"),
        word("ep"),
        word("idle"),
        word("s"),
        sighting(),
        one(
            new Remedy.Notify(),
            new Remedy.Downsize(step()),
            new Remedy.Migrate(word("zone")),
            new Remedy.Suspend(),
            new Remedy.Drain(),
            new Remedy.Terminate()),
        flag() ? List.of() : List.of(planStep(Optional.of(planStep(Optional.empty())))),
        cost(),
        flag() ? List.of() : List.of(word("kill -STOP")));
  }

  private Step planStep(Optional<Step> inverse) {
    return new Step(
        step(),
        word("sigstop"),
        one(Step.Effect.values()),
        word("stopped"),
        Duration.ofMillis(random.nextInt(100_000)),
        flag(),
        flag(),
        new TreeMap<>(flag() ? Map.of() : Map.of(word("a"), word("b"))),
        flag() ? inverse : Optional.empty());
  }

  private WorkloadSighting sighting() {
    return new WorkloadSighting(
        new WorkloadId(word("node"), word("m/"), word("ana"), word("process"), word("a%b#")),
        new Incarnation(
            word("uid"), random.nextInt(3), new java.util.TreeSet<>(List.of(word("7@")))),
        one(WorkloadKind.values()),
        word("ana"),
        word("team"),
        flag()
            ? new Extent.Unknown(word("WORLD_SIZE"))
            : Extent.of(List.of(SubjectId.gpu(word("GPU-")))),
        flag() ? Protection.none() : Protection.because(word("asked")),
        flag()
            ? Optional.empty()
            : Optional.of(
                new Checkpoint(
                    word("USR"), Path.of("/" + word("ack")), Duration.ofMillis(1 + step()))),
        word("kubernetes"));
  }

  private Outcome outcome() {
    return one(
        new Outcome.Done(word("d")),
        new Outcome.NothingToDo(word("d")),
        new Outcome.Refused(word("d")),
        new Outcome.Failed(word("d"), flag()),
        new Outcome.Unknown(word("d")));
  }

  private Cost cost() {
    return flag()
        ? new Cost.Unknown(word("none"))
        : new Cost.Known(
            MoneyPerHour.of(random.nextInt(9) + ".50", flag() ? "EUR" : "USD"), word("list"));
  }

  private String word(String stem) {
    return stem + random.nextInt(4);
  }

  private int step() {
    return 1 + random.nextInt(3);
  }

  private boolean flag() {
    return random.nextBoolean();
  }

  private OptionalLong maybe(long bound) {
    return flag() ? OptionalLong.empty() : OptionalLong.of(random.nextLong(bound));
  }

  @SafeVarargs
  private final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
