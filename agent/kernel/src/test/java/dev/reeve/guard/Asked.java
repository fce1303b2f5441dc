package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.board.WallTime;
import dev.reeve.decision.Consents;
import dev.reeve.decision.Decision;
import dev.reeve.decision.States;
import dev.reeve.model.Cost;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Evidence;
import dev.reeve.model.Extent;
import dev.reeve.model.Finding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Limit;
import dev.reeve.model.Plan;
import dev.reeve.model.Promise;
import dev.reeve.model.Protection;
import dev.reeve.model.Remedy;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleMode;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Slots;
import dev.reeve.model.Step;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Truth;
import dev.reeve.model.Window;
import dev.reeve.model.WitnessGroup;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.Action;
import dev.reeve.time.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A question that every guard lets pass, until a test changes one thing about it. */
public final class Asked {
  private static final SlotTable NO_SLOTS = SlotTable.of(List.of());

  public final FakeTicker ticker;
  final Map<Signal, Window> witnesses = new EnumMap<>(Signal.class);
  private final States states;
  private UUID boot = States.BOOT;

  public Mode mode = Mode.ACT;
  public String name = "train.py";
  RuleMode ruleMode = RuleMode.ACT;
  Path stopFile;
  Optional<String> stopVariable = Optional.empty();
  List<String> patterns = List.of();
  WorkloadKind kind = WorkloadKind.TRAINING;
  String foreignTo = "";
  Extent extent = Extent.of(List.of(SubjectId.gpu("GPU-1")));
  WorkloadSighting sighting;
  Optional<Subject.Workload> now = Optional.empty();
  boolean unseen;
  String sick = "";
  Remedy remedy = new Remedy.Terminate();
  Subject.Attribution attribution = new Subject.Attribution.Agreed();
  public Truth truth = Truth.CONFIRMED;
  Duration judgedAgo = Duration.ofSeconds(1);
  Duration startedAgo = Duration.ofHours(1);
  Duration heldFor = Duration.ofMinutes(45);
  String mistrust = "";
  List<Evidence> evidence;
  boolean warned = true;
  Duration notice = Duration.ofMinutes(15);
  Duration promised = Duration.ZERO;
  List<String> toldOf = List.of("terminate");
  Duration leastNotice = Duration.ofMinutes(1);
  public int budget = 1;
  int population;
  List<Plan> ahead = List.of();
  GuardPolicy policy = GuardPolicy.NONE;
  WallTime wall = WallTime.of(Instant.parse("2026-11-25T12:00:00Z"));
  List<WorkloadSighting> others = List.of();
  Cost saves = new Cost.Unknown("no price");
  List<Limit> limits = List.of();
  Optional<Action.Target> reRead = Optional.empty();
  Optional<ReRead> reading = Optional.empty();
  Protection declared = Protection.none();
  Runnable onRead = () -> {};

  public Asked(Path folder) {
    this(folder, new FakeTicker());
  }

  /** Several of them in one time. */
  public Asked(Path folder, FakeTicker ticker) {
    this.ticker = ticker;
    this.states = new States(ticker.nanos());
    stopFile = folder.resolve("STOP");
    evidence = List.of(idle(WitnessGroup.PROFILING), idle(WitnessGroup.NVML));
  }

  WorkloadId id() {
    return new WorkloadId("node", "m", "ana", "process", name);
  }

  Incarnation incarnation() {
    return Incarnation.of("7@100@boot", List.of("7@100"));
  }

  public WorkloadSighting sighting() {
    return sighting != null ? sighting : with(Protection.none());
  }

  WorkloadSighting with(Protection protection) {
    return seenAs(incarnation(), extent, protection);
  }

  WorkloadSighting with(Extent other) {
    return seenAs(incarnation(), other, Protection.none());
  }

  private WorkloadSighting seenAs(Incarnation which, Extent of, Protection protection) {
    return new WorkloadSighting(
        id(), which, kind, "ana", "team", of, protection, Optional.empty(), foreignTo);
  }

  Subject.Workload seen(Incarnation which) {
    return subject(seenAs(which, extent, Protection.none()));
  }

  private Subject.Workload subject(WorkloadSighting of) {
    return new Subject.Workload(
        of,
        attribution,
        new Cost.Unknown("no price"),
        Slots.builder(NO_SLOTS, SubjectKind.WORKLOAD).build(),
        sick);
  }

  /** It declares its protection on the run socket. */
  public void declares(Protection protection) {
    declared = protection;
  }

  /** The board sees it so from now on. */
  public void isSeen(Protection protection) {
    now = Optional.of(subject(with(protection)));
  }

  Evidence idle(WitnessGroup group) {
    return evidence(group, 0, Truth.CONFIRMED);
  }

  Evidence unknown(WitnessGroup group) {
    return evidence(group, Double.NaN, Truth.UNKNOWN);
  }

  private Evidence evidence(WitnessGroup group, double value, Truth answer) {
    return new Evidence(
        SubjectId.workload(id(), incarnation()),
        "max(x, 30m)",
        value,
        "<",
        0.01,
        group,
        answer,
        "");
  }

  Window window(double value) {
    return new Window.Known(
        Duration.ofMinutes(30), value, value, value, value, 0, 1, Duration.ofSeconds(1));
  }

  public Rule rule() {
    return IdleRule.of(ruleMode, limits);
  }

  Plan plan() {
    Plan plan =
        new Plan(
            "ep1-terminate",
            "ep1",
            "idle-workload",
            "rules",
            sighting(),
            remedy,
            List.of(),
            saves,
            List.of());
    return plan.withSteps(new FakeAction(sighting()).steps(plan), List.of());
  }

  void decide(Decision decision) {
    states.fold(decision, ticker.nanos(), boot);
  }

  /** Another boot goes on with the journal; its clock happens to read the same. */
  void reboots() {
    states.fold(new Decision.Started("test", "act", 1, "rules"), ticker.nanos(), new UUID(9, 9));
    boot = new UUID(9, 9);
  }

  /** Somebody approves a plan, for an hour. */
  void approves(Plan plan) {
    decide(
        new Decision.Approved(
            plan.id(), Consents.shown(plan), "ana", Duration.ofHours(1).toNanos()));
  }

  /** The same name, started anew. */
  WorkloadSighting reincarnated() {
    return seenAs(Incarnation.of("8@200@boot", List.of("8@200")), extent, Protection.none());
  }

  /** A plan that acted on a workload and is over. */
  void actedOn(String plan, String workload) {
    actsOn(plan, workload);
    decide(
        new Decision.PlanClosed(
            plan, Decision.Result.FAILED, "over", new Cost.Unknown("no price")));
  }

  /** A plan that has begun on this sighting and is still open. */
  void actsOn(String plan, String workload) {
    decide(
        new Decision.PlanOpened(
            new Plan(
                plan,
                "ep0",
                "idle-workload",
                "rules",
                sighting(),
                new Remedy.Terminate(),
                List.of(),
                new Cost.Unknown(""),
                List.of())));
    decide(
        new Decision.Intent(
            plan, 1, "sigterm", Step.Effect.HARMING, workload, "idle-workload", "terminate", "x"));
  }

  /** An episode of the same rule on the same workload was opened and refuted. */
  void clears(int number) {
    decide(
        new Decision.EpisodeMoved(
            episode("earlier-" + number).moved(EpisodeState.CLEARED, "the condition is refuted")));
  }

  /** The journal opens its episode, whose evidence began with this process. */
  void opensAsBaseline() {
    decide(new Decision.EpisodeMoved(episode("ep1")));
  }

  /** Due, and its owner was told. */
  public Episode episode(String id) {
    long at = ticker.nanos();
    return new Episode(
        id,
        "idle-workload",
        "rules",
        SubjectId.workload(id(), incarnation()),
        id().toString(),
        incarnation().uid(),
        EpisodeState.DUE,
        at - Duration.ofMinutes(46).toNanos(),
        warned ? OptionalLong.of(at) : OptionalLong.empty(),
        Promise.of(promised, toldOf),
        notice.toNanos(),
        OptionalLong.empty(),
        "");
  }

  Question question() {
    long at = ticker.nanos();
    Episode episode = episode("ep1");
    return new Question(
        plan(),
        plan().steps().getFirst(),
        situation(episode),
        false,
        reading,
        states.state(),
        ahead,
        at);
  }

  /** What the newest cycle knows of an episode; judged a moment ago. */
  public Situation situation(Episode episode) {
    long at = ticker.nanos();
    Finding finding =
        new Finding(
            "idle-workload",
            "rules",
            episode.subject(),
            incarnation().uid(),
            evidence,
            new Cost.Unknown("no price"));
    return new Situation(
        at - judgedAgo.toNanos(),
        at - judgedAgo.toNanos() - startedAgo.toNanos(),
        at - judgedAgo.toNanos() - heldFor.toNanos(),
        rule(),
        episode,
        truth,
        Optional.of(finding),
        unseen ? Optional.empty() : Optional.of(now.orElseGet(() -> subject(sighting()))),
        witnesses,
        population,
        new Scene(wall, others),
        mistrust);
  }

  public GuardChain chain() {
    FakeAction action =
        new FakeAction(sighting()) {
          @Override
          public Target read(WorkloadId workload, Incarnation judged) throws InterruptedException {
            onRead.run();
            return reRead.isPresent() ? reRead.get() : super.read(workload, judged);
          }
        };
    return chain(action);
  }

  /** The whole chain before this platform. */
  public GuardChain chain(Action action) {
    GuardSettings settings =
        new GuardSettings(
            mode,
            leastNotice,
            Duration.ofHours(1),
            budget,
            Duration.ofMinutes(10),
            patterns.stream().map(dev.reeve.config.Glob::new).toList(),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            policy);
    return GuardChain.of(
        settings,
        new KillSwitch(stopFile, ticker, stopVariable),
        _ -> Optional.of(action),
        _ -> declared,
        ticker);
  }

  Verdict judge() throws InterruptedException {
    return judge(chain());
  }

  /** As a plan is admitted: what objects at once, the re-read, and then everything again. */
  Verdict judge(GuardChain chain) throws InterruptedException {
    reading = Optional.empty();
    Optional<Verdict> objection = chain.objection(question());
    if (objection.isPresent()) {
      return objection.get();
    }
    reading = Optional.of(chain.reRead(plan()));
    return chain.judge(question());
  }

  /** This guard objects, and without it the question passes. */
  void objects(String guard, Class<? extends Guard> type, String reason)
      throws InterruptedException {
    Verdict verdict = judge();
    assertEquals(guard, verdict.guard(), verdict.reason());
    assertTrue(verdict.reason().contains(reason), verdict.reason());
    GuardChain without = chain().without(type);
    if (type == ProtectionGuard.class) {
      // it is asked once more within the re-read
      without = without.without(ReReadGuard.class);
    }
    Verdict verdictWithout = judge(without);
    assertInstanceOf(Verdict.Go.class, verdictWithout, verdictWithout.reason());
  }
}
