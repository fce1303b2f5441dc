package dev.reeve.loop;

import dev.reeve.board.Board;
import dev.reeve.board.Snapshot;
import dev.reeve.board.WallTime;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Scene;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.Episode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Observation;
import dev.reeve.model.Plan;
import dev.reeve.model.RuleSet;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Truth;
import dev.reeve.spi.Action;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.Notifier;
import dev.reeve.spi.RuleEngine;
import dev.reeve.time.Clocks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One pass after the other, on one thread; plans are carried out and notices delivered on others.
 * Nothing that a plugin does can stop it.
 */
public final class ControlLoop implements AutoCloseable {
  private static final Logger logger = System.getLogger(ControlLoop.class.getName());

  private final Parts parts;
  private final EpisodeBook book;
  private final NoticeDesk notices;
  private final Agenda agenda;
  private final Doubts doubts;
  private final SteadyWall wall;
  private final long startedNanos;
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
  private final RulesInForce rules;
  private volatile Optional<Cycle> newest = Optional.empty();
  private volatile Map<String, String> limits = Map.of();
  private volatile boolean tellsOwners;
  private volatile boolean swapped;
  private long number;

  /**
   * What the loop is made of.
   *
   * @param engine judges until another is {@link #swap}ped in
   * @param tellsOwners whether owners are told at all, until that is changed
   * @param executor carries plans out and tells owners; a thread each, or the caller's where all is
   *     to happen in one order
   */
  public record Parts(
      Clocks clocks,
      Board board,
      RuleEngine engine,
      DecisionLog log,
      GuardChain guards,
      Function<String, Optional<Action>> actions,
      List<Notifier> notifiers,
      boolean tellsOwners,
      LoopEvents events,
      CrashPoint crashPoint,
      Executor executor) {}

  public ControlLoop(Parts parts) {
    if (!parts
        .log()
        .locked(state -> state.runsIn(parts.clocks().bootId(), parts.clocks().speed()))) {
      throw new IllegalStateException("the journal does not say yet that this boot has begun");
    }
    this.parts = parts;
    this.startedNanos = parts.clocks().evidence().nanos();
    this.book = new EpisodeBook(parts.log(), startedNanos);
    this.notices =
        new NoticeDesk(
            parts.notifiers(),
            parts.log(),
            book,
            parts.events(),
            parts.clocks().evidence(),
            parts.executor());
    this.agenda = new Agenda(parts, book);
    this.doubts = new Doubts(parts.log(), startedNanos);
    this.wall = new SteadyWall(parts.clocks(), parts.log());
    this.rules = new RulesInForce(parts.engine(), book, startedNanos);
    this.tellsOwners = parts.tellsOwners();
  }

  /** Takes in what a collector said. Threads: any. */
  public void accept(Observation observation) {
    inbox.add(() -> parts.board().accept(observation));
  }

  /** Takes in that a collector gave nothing. Threads: any. */
  public void failed(String source, CollectException failure) {
    inbox.add(() -> parts.board().failed(source, failure));
  }

  /**
   * Judges by another engine from the next cycle on, and closes the one before. Threads: any.
   *
   * @param held rules that may warn and not act, with why
   * @return done when the next cycle has begun with it
   */
  public CompletableFuture<Void> swap(RuleEngine engine, Map<String, String> held) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inbox.add(
        () -> {
          swapped = true;
          rules.hold(held);
          if (!engine.equals(rules.engine())) {
            parts.board().reconfigure(engine.ruleSet().slots());
            rules.adopt(engine, parts.clocks().evidence().nanos());
          }
          done.complete(null);
        });
    return done;
  }

  /** Rules that may not act yet or not any more, with why, as of the newest cycle. Threads: any. */
  public Map<String, String> limits() {
    return limits;
  }

  /** Whether owners are told from now on. Threads: any. */
  public void tellsOwners(boolean so) {
    tellsOwners = so;
  }

  /** The newest cycle; empty before the first. Threads: any. */
  public Optional<Cycle> newest() {
    return newest;
  }

  /** Goes on with the plans that a restart interrupted. Call once, before the first cycle. */
  public void resume() {
    for (PlanState state : parts.log().locked(all -> all.plans())) {
      if (state.open()) {
        Optional<Action> action = parts.actions().apply(state.plan().workload().platform());
        if (action.isEmpty()) {
          logger.log(
              Level.WARNING, "plan {0} is open, and its platform has no action", state.plan().id());
        } else {
          carryOut(state.plan().episode(), () -> runner(action.get(), state.plan()).resume(state));
        }
      }
    }
  }

  /** One pass. What a pass that breaks off did not judge is unknown. */
  public Cycle cycle() {
    try {
      return pass();
    } catch (RuntimeException brokeOff) {
      book.passedOver();
      throw brokeOff;
    }
  }

  private Cycle pass() {
    long began = parts.clocks().world().nanos();
    number++;
    drain();
    WallTime clock = wall.read();
    Snapshot snapshot = parts.board().snapshot(parts.clocks().evidence().nanos(), clock);
    RuleEngine engine = rules.engine();
    RuleSet set = engine.ruleSet().noticeAtLeast(parts.guards().minNotice());
    Pass pass = new Pass(new Pass.Rules(engine, set), book, rules.mistrust(), snapshot);
    book.wake(snapshot.atNanos());
    pass.run();
    doubts.look(set, snapshot);
    Cycle judged =
        new Cycle(
            number,
            snapshot.atNanos(),
            set,
            snapshot,
            pass.findings(),
            episodes(),
            situations(pass, snapshot, pass.scene(clock)),
            List.of(),
            pass.problem());
    limits = limited(set, snapshot.atNanos());
    // plan runners ask for the newest judgement
    newest = Optional.of(judged);
    swapped = false;
    if (tellsOwners) {
      tellOwners(judged.situations(), judged.atNanos());
    }
    List<Proposal> proposals = propose(judged.situations(), judged.atNanos());
    Cycle cycle = judged.with(episodes(), proposals);
    newest = Optional.of(cycle);
    verdicts.keySet().retainAll(planIds(cycle));
    parts.events().cycled(cycle, parts.clocks().world().since(began));
    return cycle;
  }

  private Map<String, Situation> situations(Pass pass, Snapshot snapshot, Scene scene) {
    return rules.limited(pass.situations(startedNanos, scene), snapshot, scene);
  }

  private Map<String, String> limited(RuleSet set, long now) {
    Map<String, String> limited = parts.log().locked(state -> parts.guards().muted(set, state));
    limited.putAll(rules.limits(now));
    return limited;
  }

  private static Set<String> planIds(Cycle cycle) {
    return cycle.proposals().stream()
        .flatMap(proposal -> proposal.plan().stream())
        .map(Plan::id)
        .collect(Collectors.toSet());
  }

  private List<Episode> episodes() {
    return book.tracks().stream().map(EpisodeBook.Track::episode).toList();
  }

  private void drain() {
    for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
      next.run();
    }
  }

  private void tellOwners(Map<String, Situation> situations, long now) {
    for (Situation situation : situations.values()) {
      if (situation.episode().state() == EpisodeState.OBSERVED
          && situation.truth() == Truth.CONFIRMED
          && parts.guards().tells(situation)
          && Notices.due(situation, now)) {
        notices.tell(situation.episode(), Notices.of(situation, now), situation.rule(), now);
      }
    }
  }

  private List<Proposal> propose(Map<String, Situation> situations, long now) {
    List<Proposal> proposals = new ArrayList<>();
    for (Agenda.Item item : agenda.of(situations, now)) {
      Proposal proposal = item.proposal();
      Optional<Plan> plan = proposal.plan();
      if (plan.isEmpty()) {
        book.note(proposal.episode(), proposal.reason());
      } else if (item.objection().isPresent()) {
        Verdict objection = item.objection().get();
        parts.events().judged(plan.get(), plan.get().steps().getFirst(), objection);
        judged(plan.get(), objection);
      }
      proposals.add(
          new Proposal(
              proposal.episode(),
              plan,
              plan.flatMap(of -> Optional.ofNullable(verdicts.get(of.id()))),
              proposal.reason()));
      plan.filter(_ -> item.objection().isEmpty()).ifPresent(this::begin);
    }
    return proposals;
  }

  private void judged(Plan plan, Verdict verdict) {
    verdicts.put(plan.id(), verdict);
    if (!(verdict instanceof Verdict.Go)) {
      book.note(plan.episode(), verdict.guard() + ": " + verdict.reason());
    }
  }

  private void begin(Plan plan) {
    Action action = parts.actions().apply(plan.workload().platform()).orElseThrow();
    carryOut(plan.episode(), () -> judged(plan, runner(action, plan).run()));
  }

  private PlanRunner runner(Action action, Plan plan) {
    return new PlanRunner(
        new PlanRunner.Ports(
            parts.log(),
            book,
            parts.guards(),
            this::situation,
            parts.events(),
            parts.clocks(),
            parts.crashPoint()),
        action,
        plan);
  }

  /** Nothing while other rules are in force than those by which the newest cycle judged. */
  Optional<Situation> situation(String episode) {
    return swapped
        ? Optional.empty()
        : newest.flatMap(cycle -> Optional.ofNullable(cycle.situations().get(episode)));
  }

  /** What is done for a plan on its own thread. */
  private interface Carried {
    void run() throws InterruptedException;
  }

  private void carryOut(String key, Carried work) {
    if (!running.add(key)) {
      return;
    }
    parts
        .executor()
        .execute(
            () -> {
              try {
                work.run();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException failure) {
                logger.log(Level.ERROR, "carrying out " + key + " broke off: " + failure, failure);
              } finally {
                running.remove(key);
              }
            });
  }

  /** What every rule answers for a subject now, whether it fired or not. Threads: any. */
  public List<Judgement> explain(SubjectId subject) {
    Optional<Cycle> cycle = newest;
    if (cycle.isEmpty()) {
      return List.of();
    }
    Judge judge = new Judge(cycle.get().rules(), cycle.get().snapshot());
    return cycle.get().rules().rules().stream()
        .filter(rule -> rule.targetPattern().kind() == subject.kind())
        .map(rule -> judge.judge(rule, subject))
        .toList();
  }

  /**
   * Gives an episode time, durably. Threads: any.
   *
   * @return false where its state knows no snooze, or it is not open
   */
  public boolean snooze(Decision.Snoozed asked) {
    return book.snooze(asked);
  }

  /** How long ago the newest cycle judged, on the evidence clock. */
  public Optional<Duration> age() {
    return newest.map(cycle -> parts.clocks().evidence().since(cycle.atNanos()));
  }

  @Override
  public void close() {
    notices.close();
  }
}
