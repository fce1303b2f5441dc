package dev.reeve.loop;

import dev.reeve.board.Snapshot;
import dev.reeve.guard.Situation;
import dev.reeve.model.Episode;
import dev.reeve.model.RuleSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One pass as a value: what was seen, found, planned and judged in it. The page, the API, the trace
 * and the assertion in a test are views of it.
 *
 * @param atNanos evidence clock
 * @param findings what holds now, unique by rule and subject
 * @param situations of every open episode, by its id
 * @param problem why the rules could not judge; empty when they did
 */
public record Cycle(
    long number,
    long atNanos,
    RuleSet rules,
    Snapshot snapshot,
    List<Judgement> findings,
    List<Episode> episodes,
    Map<String, Situation> situations,
    List<Proposal> proposals,
    String problem) {
  public Cycle {
    findings = List.copyOf(findings);
    episodes = List.copyOf(episodes);
    situations = Collections.unmodifiableMap(new TreeMap<>(situations));
    proposals = List.copyOf(proposals);
  }

  /** The same with what followed from it. */
  Cycle with(List<Episode> moved, List<Proposal> proposed) {
    return new Cycle(
        number, atNanos, rules, snapshot, findings, moved, situations, proposed, problem);
  }
}
