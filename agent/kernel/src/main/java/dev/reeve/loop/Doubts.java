package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.Discoveries;
import dev.reeve.model.Episode;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Doubts the observer where one rule newly finds too many at once: more than a fifth of all that it
 * may act on and more than three, or all of two or more. As Kubernetes' node controller, which
 * evicts nothing when every zone looks dead. What is doubted is journaled, so that a restart in the
 * middle forgets nothing.
 */
final class Doubts {
  private static final Logger logger = System.getLogger(Doubts.class.getName());

  private static final int MANY = 3;
  private static final int SHARE = 5;

  private final DecisionLog log;
  private final long startedNanos;
  private boolean first = true;

  Doubts(DecisionLog log, long startedNanos) {
    this.log = log;
    this.startedNanos = startedNanos;
  }

  /**
   * To be asked after each pass, before anything is proposed. Who is there at all is not known at
   * once after a start: until then the guard lets nothing pass.
   */
  void look(RuleSet rules, Snapshot snapshot) {
    if (snapshot.atNanos() - startedNanos < Discoveries.TOGETHER.toNanos()) {
      return;
    }
    for (Rule rule : rules.rules()) {
      if (rule.acts()) {
        look(rule, snapshot);
      }
    }
    first = false;
  }

  private void look(Rule rule, Snapshot snapshot) {
    List<Discoveries.Found> found =
        log.locked(
            state -> {
              Discoveries all = state.discoveries();
              long since = state.timelineAt(snapshot.atNanos());
              // what an earlier process found last it may not have lived to doubt
              since = first ? Math.min(since, all.lastBeforeEnd(rule.id()).orElse(since)) : since;
              return all.of(rule.id(), since - Discoveries.TOGETHER.toNanos());
            });
    if (found.size() < 2) {
      return;
    }
    Set<String> whom = new TreeSet<>();
    found.forEach(one -> whom.add(one.workload()));
    Set<String> targets = new TreeSet<>(whom);
    for (Subject.Workload workload : snapshot.workloads().values()) {
      if (rule.actsOn().contains(workload.sighting().kind())
          && workload.attribution() instanceof Subject.Attribution.Agreed) {
        targets.add(workload.sighting().id().toString());
      }
    }
    if (tooMany(whom.size(), targets.size())) {
      doubt(rule, found, new Decision.Doubted(rule.id(), whom.size(), targets.size(), List.of()));
    }
  }

  static boolean tooMany(int found, int targets) {
    return (found >= 2 && found == targets) || (found > MANY && found * SHARE > targets);
  }

  /**
   * What was open before goes on by the same observer's word, so it is doubted too, unless
   * something is being done about it already.
   */
  private void doubt(Rule rule, List<Discoveries.Found> found, Decision.Doubted how) {
    Set<String> together = new TreeSet<>();
    found.forEach(one -> together.add(one.episode()));
    List<String> episodes =
        log.locked(
            state ->
                state.openEpisodes().stream()
                    .filter(one -> one.rule().equals(rule.id()))
                    .filter(one -> together.contains(one.id()) || !one.state().acting())
                    .map(Episode::id)
                    .filter(episode -> state.discoveries().doubt(episode).isEmpty())
                    .toList());
    if (!episodes.isEmpty()) {
      log.append(new Decision.Doubted(rule.id(), how.found(), how.targets(), episodes));
      logger.log(
          Level.WARNING,
          "rule {0} found {1} of {2} workloads within {3} minutes: nothing is done about them"
              + " unless somebody approves it",
          rule.id(),
          how.found(),
          how.targets(),
          Discoveries.TOGETHER.toMinutes());
    }
  }
}
