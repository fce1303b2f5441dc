package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.guard.Scene;
import dev.reeve.guard.Situation;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Rule;
import dev.reeve.model.RuleChange;
import dev.reeve.model.RuleSet;
import dev.reeve.model.Truth;
import dev.reeve.spi.RuleEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The engine that judges, and what is known of its rules beside what they say: which may not act,
 * and since when those that are new have been watched. Threads: the loop's.
 */
final class RulesInForce {
  private static final Logger logger = System.getLogger(RulesInForce.class.getName());

  private final EpisodeBook book;
  private final long startedNanos;
  private final Map<String, String> mistrust = new TreeMap<>();
  private final Map<String, Long> watchedSince = new HashMap<>();
  private final Map<String, Rule> withdrawn = new TreeMap<>();

  /** Episodes under way whose rule was changed: what it asks now is not what began them. */
  private final Set<String> altered = new HashSet<>();

  private Map<String, String> held = Map.of();
  private RuleEngine engine;

  RulesInForce(RuleEngine engine, EpisodeBook book, long startedNanos) {
    this.engine = engine;
    this.book = book;
    this.startedNanos = startedNanos;
    // what the rules were before a restart is not known, only that they were others
    for (EpisodeBook.Track track : book.tracks()) {
      if (!track.episode().ruleSet().equals(engine.ruleSet().hash())) {
        end(track, "the rules were changed while nothing judged");
      }
    }
  }

  RuleEngine engine() {
    return engine;
  }

  /** Rules on which engine and trees disagreed, with why; grows as they judge. */
  Map<String, String> mistrust() {
    return mistrust;
  }

  /** Says from now on which rules may warn and not act, with why. */
  void hold(Map<String, String> rules) {
    held = Map.copyOf(rules);
  }

  /**
   * Judges by another set from now on, and lets go of the one before. Episodes of rules that ask
   * the same are kept; those of a rule that asks something else are over, because what was seen
   * does not speak of it.
   *
   * @param now evidence clock
   */
  void adopt(RuleEngine next, long now) {
    RuleSet before = engine.ruleSet();
    RuleSet after = next.ruleSet();
    for (Rule rule : after.rules()) {
      Optional<Rule> old = before.rule(rule.id());
      if (old.isEmpty()) {
        watchedSince.put(rule.id(), now);
      } else {
        changed(old.get(), rule, now);
      }
      withdrawn.remove(rule.id());
    }
    for (Rule rule : before.rules()) {
      if (after.rule(rule.id()).isEmpty()) {
        watchedSince.remove(rule.id());
        mistrust.remove(rule.id());
        withdrawn.put(rule.id(), rule);
        end(rule.id(), "its rule was removed");
      }
    }
    RuleEngine old = engine;
    engine = next;
    if (!old.equals(next)) {
      old.close();
    }
  }

  private void changed(Rule before, Rule after, long now) {
    RuleChange change = RuleChange.between(before, after);
    if (change == RuleChange.LOOSER) {
      watchedSince.put(after.id(), now);
    }
    boolean sameCondition = RuleChange.sameCondition(before, after);
    if (sameCondition && change != RuleChange.LOOSER) {
      return;
    }
    if (!sameCondition) {
      mistrust.remove(after.id());
    }
    // what may do more than its owner was told of is told anew
    end(after.id(), "its rule was changed");
    logger.log(Level.INFO, "rule {0} asks something else now: {1}", after.id(), change);
  }

  /** What was seen, and told, speaks of the rule as it was. */
  private void end(String rule, String why) {
    for (EpisodeBook.Track track : book.tracks()) {
      if (track.episode().rule().equals(rule)) {
        end(track, why);
      }
    }
  }

  private void end(EpisodeBook.Track track, String why) {
    EpisodeState state = track.episode().state();
    String id = track.episode().id();
    if (!state.judged() || !book.moveFrom(id, state, EpisodeState.EXPIRED, why)) {
      altered.add(id);
    }
  }

  /**
   * What a guard must know besides: that a rule may only warn, that it is new, and that a plan is
   * under way for a rule that is not there any more.
   */
  Map<String, Situation> limited(Map<String, Situation> judged, Snapshot snapshot, Scene scene) {
    Map<String, Situation> situations = new TreeMap<>();
    judged.forEach((id, situation) -> situations.put(id, limited(situation)));
    Set<String> open = new HashSet<>();
    Set<String> ids = new HashSet<>();
    book.tracks().forEach(track -> open.add(track.episode().rule()));
    book.tracks().forEach(track -> ids.add(track.episode().id()));
    altered.retainAll(ids);
    withdrawn.keySet().retainAll(open);
    for (EpisodeBook.Track track : book.tracks()) {
      Rule rule = withdrawn.get(track.episode().rule());
      if (rule != null && !situations.containsKey(track.episode().id())) {
        situations.put(track.episode().id(), orphan(track, rule, snapshot, scene));
      }
    }
    return situations;
  }

  private Situation limited(Situation of) {
    String id = of.rule().id();
    long since = Math.max(of.startedNanos(), watchedSince.getOrDefault(id, startedNanos));
    String why = of.mistrust().isEmpty() ? held.getOrDefault(id, "") : of.mistrust();
    if (why.isEmpty() && altered.contains(of.episode().id())) {
      why = "it was changed while its plan was under way";
    }
    return new Situation(
        of.atNanos(),
        since,
        of.heldSinceNanos(),
        of.rule(),
        of.episode(),
        of.truth(),
        of.finding(),
        of.workload(),
        of.witnesses(),
        of.population(),
        of.scene(),
        why);
  }

  private Situation orphan(EpisodeBook.Track track, Rule rule, Snapshot snapshot, Scene scene) {
    return new Situation(
        snapshot.atNanos(),
        startedNanos,
        track.heldSinceNanos(),
        rule,
        track.episode(),
        Truth.UNKNOWN,
        Optional.empty(),
        Optional.ofNullable(snapshot.workloads().get(track.episode().subject())),
        Map.of(),
        0,
        scene,
        "it was removed");
  }

  /** Rules that may not act yet or not any more, with why. */
  Map<String, String> limits(long now) {
    Map<String, String> limits = new TreeMap<>(held);
    for (Rule rule : engine.ruleSet().rules()) {
      long watched = now - watchedSince.getOrDefault(rule.id(), startedNanos);
      if (watchedSince.containsKey(rule.id()) && watched < rule.longestSpan().toNanos()) {
        limits.putIfAbsent(rule.id(), "new or loosened: it observes for its longest span first");
      }
    }
    limits.putAll(mistrust);
    return limits;
  }
}
