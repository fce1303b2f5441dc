package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.decision.Decision;
import dev.reeve.decision.DecisionLog;
import dev.reeve.decision.Discoveries;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Subject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
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

  /** Evidence clock: what is found within this time is found at once. */
  static final Duration TOGETHER = Duration.ofMinutes(5);

  private static final int MANY = 3;
  private static final int SHARE = 5;

  private final DecisionLog log;

  Doubts(DecisionLog log) {
    this.log = log;
  }

  /** To be asked after each pass, before anything is proposed. */
  void look(RuleSet rules, Snapshot snapshot) {
    for (Rule rule : rules.rules()) {
      if (rule.acts()) {
        look(rule, snapshot);
      }
    }
  }

  private void look(Rule rule, Snapshot snapshot) {
    List<Discoveries.Found> found =
        log.locked(
            state ->
                state
                    .discoveries()
                    .of(rule.id(), state.timelineAt(snapshot.atNanos()) - TOGETHER.toNanos()));
    if (found.size() < 2) {
      return;
    }
    Set<String> whom = new TreeSet<>();
    found.forEach(one -> whom.add(one.workload()));
    Set<String> targets = new TreeSet<>(whom);
    for (Subject.Workload workload : snapshot.workloads().values()) {
      if (rule.actsOn().contains(workload.sighting().kind())) {
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

  private void doubt(Rule rule, List<Discoveries.Found> found, Decision.Doubted how) {
    List<String> episodes =
        log.locked(
            state ->
                found.stream()
                    .map(Discoveries.Found::episode)
                    .filter(
                        episode ->
                            state.episode(episode).stream().anyMatch(one -> !one.state().closed()))
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
          TOGETHER.toMinutes());
    }
  }
}
