package dev.reeve.loop;

import dev.reeve.board.Board;
import dev.reeve.board.Snapshot;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.PlanState;
import dev.reeve.guard.GuardChain;
import dev.reeve.guard.Situation;
import dev.reeve.guard.Verdict;
import dev.reeve.journal.CrashPoint;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.Observation;
import dev.reeve.model.Plan;
import dev.reeve.model.Rule;
import dev.reeve.model.Subject;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One pass after the other, on one thread; plans are carried out and notices delivered on others.
 * Nothing that a plugin does can stop it.
 */
public final class ControlLoop implements AutoCloseable {
  private static final Logger logger = System.getLogger(ControlLoop.class.getName());

  private final Parts parts;
  private final EpisodeBook book;
  private final NoticeDesk notices;
  private final Planner planner;
  private final long startedNanos;
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
  private final Map<String, String> mistrust = new TreeMap<>();
  private volatile Optional<Cycle> newest = Optional.empty();
  private long number;

  /**
   * What the loop is made of.
   *
   * @param tellsOwners whether owners are told at all
   * @param executor carries plans out; a thread each
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
    this.parts = parts;
    this.startedNanos = parts.clocks().evidence().nanos();
    this.book = new EpisodeBook(parts.log(), startedNanos);
    this.notices = new NoticeDesk(parts.notifiers(), parts.log(), book, parts.events());
    this.planner = new Planner(parts.actions());
  }

  /** Takes in what a collector said. Threads: any. */
  public void accept(Observation observation) {
    inbox.add(() -> parts.board().accept(observation));
  }

  /** Takes in that a collector gave nothing. Threads: any. */
  public void failed(String source, CollectException failure) {
    inbox.add(() -> parts.board().failed(source, failure));
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
          logger.log(Level.WARNING, "plan {0} is open, and its platform has no action", state.plan().id());
        } else {
          carryOut(state.plan().episode(), () -> runner(action.get(), state.plan()).resume(state));
        }
      }
    }
  }

  /** One pass. */
  public Cycle cycle() {
    long began = parts.clocks().world().nanos();
    number++;
    drain();
    long now = parts.clocks().evidence().nanos();
    Snapshot snapshot = parts.board().snapshot(now);
    Judge judge = new Judge(parts.engine().ruleSet(), snapshot);
    List<Judgement> findings = new ArrayList<>();
    String problem = evaluate(judge, findings);
    judgeOpen(judge, findings, problem, now);
    openNew(findings, snapshot, now);
    Map<String, Situation> situations = situations(judge, snapshot, now);
    publish(snapshot, findings, situations, List.of(), problem, now);
    if (parts.tellsOwners()) {
      tellOwners(situations, now);
    }
    List<Proposal> proposals = propose(situations, now);
    Cycle cycle = publish(snapshot, findings, situations, proposals, problem, now);
    parts.events().cycled(cycle, parts.clocks().world().since(began));
    return cycle;
  }

  private Cycle publish(
      Snapshot snapshot,
      List<Judgement> findings,
      Map<String, Situation> situations,
      List<Proposal> proposals,
      String problem,
      long now) {
    Cycle cycle =
        new Cycle(
            number,
            now,
            parts.engine().ruleSet(),
            snapshot,
            findings,
            book.tracks().stream().map(EpisodeBook.Track::episode).toList(),
            situations,
            proposals,
            problem);
    newest = Optional.of(cycle);
    return cycle;
  }

  private void drain() {
    for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
      next.run();
    }
  }

  private String evaluate(Judge judge, List<Judgement> findings) {
    try {
      for (Match match : parts.engine().evaluate(judge.facts())) {
        Rule rule = parts.engine().ruleSet().rule(match.rule()).orElseThrow();
        Judgement judgement = judge.judge(rule, target(rule, match));
        if (judgement.truth() != Truth.CONFIRMED) {
          mistrust(rule.id(), "it fired for " + judgement.subject() + " without being confirmed");
        } else {
          findings.add(judgement);
        }
      }
      findings.sort(
          Comparator.comparing((Judgement found) -> found.rule().id())
              .thenComparing(Judgement::subject));
      return "";
    } catch (RuleEngine.RuleEngineException failure) {
      findings.clear();
      logger.log(Level.ERROR, "the rules could not judge: " + failure.getMessage(), failure);
      return String.valueOf(failure.getMessage());
    }
  }

  private static SubjectId target(Rule rule, Match match) {
    int at = rule.patterns().indexOf(rule.targetPattern());
    Fact fact = match.facts().get(at);
    return new SubjectId(fact.subjectKind(), fact.subject());
  }

  private void mistrust(String rule, String why) {
    if (mistrust.putIfAbsent(rule, why) == null) {
      logger.log(Level.ERROR, "rule " + rule + " may not act any more: " + why);
    }
  }

  private void judgeOpen(Judge judge, List<Judgement> findings, String problem, long now) {
    Set<String> fired = new HashSet<>();
    findings.forEach(found -> fired.add(found.rule().id() + "|" + found.subject()));
    for (EpisodeBook.Track track : book.tracks()) {
      Optional<Rule> rule = parts.engine().ruleSet().rule(track.episode().rule());
      if (rule.isEmpty()) {
        if (track.episode().state().judged()) {
          book.moveFrom(
              track.episode().id(),
              track.episode().state(),
              EpisodeState.EXPIRED,
              "its rule was removed");
        }
        continue;
      }
      Truth truth = judge.judge(rule.get(), track.episode().subject()).truth();
      if (problem.isEmpty()) {
        boolean has = fired.contains(rule.get().id() + "|" + track.episode().subject());
        if (has != (truth == Truth.CONFIRMED)) {
          mistrust(rule.get().id(), "its condition is " + truth + ", but fired is " + has);
        }
      }
      book.judged(
          track.episode().id(), rule.get(), problem.isEmpty() ? truth : Truth.UNKNOWN, now);
    }
  }

  private void openNew(List<Judgement> findings, Snapshot snapshot, long now) {
    for (Judgement found : findings) {
      if (book.of(found.rule().id(), found.subject()).isEmpty()) {
        book.open(found, workloadOf(snapshot, found.subject()), now);
      }
    }
  }

  /** Whom a remedy would touch; empty text where nobody, or more than one, holds the subject. */
  private static String workloadOf(Snapshot snapshot, SubjectId id) {
    return snapshot
        .subject(id)
        .flatMap(
            subject ->
                switch (subject) {
                  case Subject.Workload workload ->
                      Optional.of(workload.sighting().id().toString());
                  case Subject.Gpu gpu -> gpu.holder().map(SubjectId::key);
                  case Subject.Run run -> Optional.of(run.workload().key());
                  case Subject.Node _, Subject.Endpoint _, Subject.Budget _ ->
                      Optional.<String>empty();
                })
        .orElse("");
  }

  private Map<String, Situation> situations(Judge judge, Snapshot snapshot, long now) {
    Map<String, Situation> situations = new TreeMap<>();
    for (EpisodeBook.Track track : book.tracks()) {
      parts
          .engine()
          .ruleSet()
          .rule(track.episode().rule())
          .ifPresent(
              rule ->
                  situations.put(
                      track.episode().id(), situation(judge, snapshot, track, rule, now)));
    }
    return situations;
  }

  private Situation situation(
      Judge judge, Snapshot snapshot, EpisodeBook.Track track, Rule rule, long now) {
    Judgement judgement = judge.judge(rule, track.episode().subject());
    Optional<Subject.Workload> workload =
        snapshot
            .subject(track.episode().subject())
            .filter(Subject.Workload.class::isInstance)
            .map(Subject.Workload.class::cast);
    return new Situation(
        now,
        startedNanos,
        track.heldSinceNanos(),
        rule,
        track.episode(),
        track.truth(),
        Optional.of(judgement.finding()),
        workload,
        snapshot.witnesses(track.episode().subject()),
        mistrust.getOrDefault(rule.id(), ""));
  }

  private void tellOwners(Map<String, Situation> situations, long now) {
    for (Situation situation : situations.values()) {
      if (situation.episode().state() == EpisodeState.OBSERVED
          && situation.truth() == Truth.CONFIRMED
          && Notices.due(situation, now)) {
        notices.tell(situation.episode(), Notices.of(situation, now), now);
      }
    }
  }

  private List<Proposal> propose(Map<String, Situation> situations, long now) {
    List<Situation> due = new ArrayList<>();
    for (Situation situation : situations.values()) {
      dueNow(situation, now).ifPresent(due::add);
    }
    List<Proposal> proposals = new ArrayList<>();
    for (Proposal proposal : planner.propose(due, now)) {
      proposals.add(
          new Proposal(
              proposal.episode(),
              proposal.plan(),
              proposal.plan().flatMap(plan -> Optional.ofNullable(verdicts.get(plan.id()))),
              proposal.reason()));
      proposal.plan().ifPresent(this::begin);
      if (proposal.plan().isEmpty()) {
        book.note(proposal.episode(), proposal.reason());
      }
    }
    return proposals;
  }

  /** Moves an episode to DUE when its time has come, and back when it has not any more. */
  private Optional<Situation> dueNow(Situation situation, long now) {
    EpisodeState state = situation.episode().state();
    if (state != EpisodeState.WARNED && state != EpisodeState.DUE) {
      return Optional.empty();
    }
    boolean noticed = situation.episode().noticeNanos() >= situation.rule().minNotice().toNanos();
    boolean due =
        noticed
            && situation.truth() == Truth.CONFIRMED
            && !Planner.due(situation, now).isEmpty();
    String id = situation.episode().id();
    if (due && state == EpisodeState.WARNED) {
      book.moveFrom(id, EpisodeState.WARNED, EpisodeState.DUE, "the ladder's time has come");
    } else if (!due && state == EpisodeState.DUE) {
      book.moveFrom(id, EpisodeState.DUE, EpisodeState.WARNED, "it is not due any more");
    }
    return due ? Optional.of(situation) : Optional.empty();
  }

  private void begin(Plan plan) {
    Action action = parts.actions().apply(plan.workload().platform()).orElseThrow();
    carryOut(
        plan.episode(),
        () -> {
          Verdict verdict = runner(action, plan).run();
          verdicts.put(plan.id(), verdict);
          if (!(verdict instanceof Verdict.Go)) {
            book.note(plan.episode(), verdict.guard() + ": " + verdict.reason());
          }
        });
  }

  private PlanRunner runner(Action action, Plan plan) {
    return new PlanRunner(
        new PlanRunner.Ports(
            parts.log(),
            book,
            parts.guards(),
            id -> newest.flatMap(cycle -> Optional.ofNullable(cycle.situations().get(id))),
            parts.events(),
            parts.clocks(),
            parts.crashPoint()),
        action,
        plan);
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

  /** How long ago the newest cycle judged, on the evidence clock. */
  public Optional<Duration> age() {
    return newest.map(cycle -> parts.clocks().evidence().since(cycle.atNanos()));
  }

  @Override
  public void close() {
    notices.close();
  }
}
