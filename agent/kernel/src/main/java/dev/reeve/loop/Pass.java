package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.guard.Situation;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Fact;
import dev.reeve.model.Match;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From one snapshot to the findings and the episodes that follow from it. */
final class Pass {
  private static final Logger logger = System.getLogger(Pass.class.getName());

  private final RuleEngine engine;
  private final EpisodeBook book;
  private final Map<String, String> mistrust;
  private final Snapshot snapshot;
  private final RuleSet rules;
  private final Judge judge;
  private final List<Judgement> findings = new ArrayList<>();
  private String problem = "";

  /**
   * What judges.
   *
   * @param set the engine's, under the operator's limits
   */
  record Rules(RuleEngine engine, RuleSet set) {}

  /**
   * @param mistrust rules that may not act any more, with why; grows when the engine and the trees
   *     disagree
   */
  Pass(Rules rules, EpisodeBook book, Map<String, String> mistrust, Snapshot snapshot) {
    this.engine = rules.engine();
    this.book = book;
    this.mistrust = mistrust;
    this.snapshot = snapshot;
    this.rules = rules.set();
    this.judge = new Judge(rules.set(), snapshot);
  }

  /** Judges all: findings, then the open episodes, then those that are new. */
  void run() {
    evaluate();
    judgeOpen();
    for (Judgement found : findings) {
      boolean over = holderOf(found.subject()).map(book::ended).orElse(false);
      if (!over && book.of(found.rule().id(), found.subject()).isEmpty()) {
        book.open(found, workloadOf(found.subject()), snapshot.atNanos());
      }
    }
  }

  /** What holds now, in a fixed order. */
  List<Judgement> findings() {
    return findings;
  }

  /** Why the rules could not judge; empty when they did. */
  String problem() {
    return problem;
  }

  private void evaluate() {
    try {
      for (Match match : engine.evaluate(judge.facts())) {
        Rule rule =
            rules
                .rule(match.rule())
                .orElseThrow(() -> new IllegalStateException("no rule is called " + match.rule()));
        Judgement judgement = judge.judge(rule, target(rule, match));
        if (judgement.truth() == Truth.CONFIRMED) {
          findings.add(judgement);
        } else {
          mistrust(rule.id(), "it fired for " + judgement.subject() + " without being confirmed");
        }
      }
      findings.sort(
          Comparator.comparing((Judgement found) -> found.rule().id())
              .thenComparing(Judgement::subject));
    } catch (RuleEngine.RuleEngineException failure) {
      failed(String.valueOf(failure.getMessage()), failure);
    } catch (RuntimeException bug) {
      failed("the rule engine broke off: " + bug, bug);
    }
  }

  /** Nothing was found, and nothing that is open is known to hold. */
  private void failed(String what, Exception failure) {
    findings.clear();
    problem = what;
    logger.log(Level.ERROR, "the rules could not judge: " + what, failure);
  }

  private static SubjectId target(Rule rule, Match match) {
    Fact fact = match.facts().get(rule.patterns().indexOf(rule.targetPattern()));
    return new SubjectId(fact.subjectKind(), fact.subject());
  }

  private void mistrust(String rule, String why) {
    if (mistrust.putIfAbsent(rule, why) == null) {
      logger.log(Level.ERROR, "rule " + rule + " may not act any more: " + why);
    }
  }

  private void judgeOpen() {
    Set<String> fired = new HashSet<>();
    findings.forEach(found -> fired.add(found.rule().id() + "|" + found.subject()));
    for (EpisodeBook.Track track : book.tracks()) {
      Optional<Rule> rule = rules.rule(track.episode().rule());
      if (rule.isPresent()) {
        SubjectId subject = track.episode().subject();
        judgeOpen(track, rule.get(), fired.contains(rule.get().id() + "|" + subject));
      } else if (track.episode().state().judged()) {
        book.moveFrom(
            track.episode().id(),
            track.episode().state(),
            EpisodeState.EXPIRED,
            "its rule was removed");
      }
    }
  }

  private void judgeOpen(EpisodeBook.Track track, Rule rule, boolean fired) {
    Truth truth = judge.judge(rule, track.episode().subject()).truth();
    if (!problem.isEmpty()) {
      truth = Truth.UNKNOWN;
    } else if (fired != (truth == Truth.CONFIRMED)) {
      mistrust(rule.id(), "its condition is " + truth + ", but fired is " + fired);
    }
    book.judged(track.episode().id(), rule, truth, snapshot.atNanos());
  }

  /** Whom a remedy would touch; empty text where nobody, or more than one, holds the subject. */
  private String workloadOf(SubjectId id) {
    Optional<Subject> subject = snapshot.subject(id);
    if (subject.isEmpty()) {
      return "";
    }
    return switch (subject.get()) {
      case Subject.Workload workload -> workload.sighting().id().toString();
      case Subject.Gpu gpu -> gpu.holder().map(this::named).orElse("");
      case Subject.Run run -> named(run.workload());
      case Subject.Endpoint endpoint -> named(endpoint.workload());
      case Subject.Node _, Subject.Budget _ -> "";
    };
  }

  /** Its name, under which its episodes are counted whatever they are about. */
  private String named(SubjectId workload) {
    return Optional.ofNullable(snapshot.workloads().get(workload))
        .map(known -> known.sighting().id().toString())
        .orElse(workload.key());
  }

  /** The workload that a subject is or belongs to; empty where nobody, or more than one, does. */
  private Optional<SubjectId> holderOf(SubjectId id) {
    return snapshot
        .subject(id)
        .flatMap(
            subject ->
                switch (subject) {
                  case Subject.Workload workload -> Optional.of(workload.id());
                  case Subject.Gpu gpu -> gpu.holder();
                  case Subject.Run run -> Optional.of(run.workload());
                  case Subject.Endpoint endpoint -> Optional.of(endpoint.workload());
                  case Subject.Node _, Subject.Budget _ -> Optional.empty();
                });
  }

  /** What is known of every open episode, by its id. */
  Map<String, Situation> situations(long startedNanos) {
    Map<String, Situation> situations = new TreeMap<>();
    for (EpisodeBook.Track track : book.tracks()) {
      rules
          .rule(track.episode().rule())
          .ifPresent(
              rule -> situations.put(track.episode().id(), situation(track, rule, startedNanos)));
    }
    return situations;
  }

  private int population(Rule rule) {
    return (int)
        snapshot.workloads().values().stream()
            .filter(workload -> rule.actsOn().contains(workload.sighting().kind()))
            .filter(workload -> workload.attribution() instanceof Subject.Attribution.Agreed)
            .count();
  }

  private Situation situation(EpisodeBook.Track track, Rule rule, long startedNanos) {
    SubjectId subject = track.episode().subject();
    return new Situation(
        snapshot.atNanos(),
        startedNanos,
        track.heldSinceNanos(),
        rule,
        track.episode(),
        track.truth(),
        Optional.of(judge.judge(rule, subject).finding()),
        Optional.ofNullable(snapshot.workloads().get(subject)),
        snapshot.witnesses(subject, rule.longestSpan()),
        population(rule),
        mistrust.getOrDefault(rule.id(), ""));
  }
}
