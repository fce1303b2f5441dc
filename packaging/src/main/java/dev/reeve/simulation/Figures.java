package dev.reeve.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was counted in one world, or in many. */
final class Figures {
  long plans;
  long intents;
  long signals;

  /** Plans that began in the minute in which their target began to work. */
  long raced;

  /** Ended at work by the word of a lie of all sources: one shorter than a span, or approved. */
  long undetectable;

  long lives;
  long judgements;
  long records;
  long notices;
  long approvals;

  /** Runs of workloads that Reeve signalled. */
  final Set<String> ended = new TreeSet<>();

  /** Runs that may be ended and were idle for twice what it takes, in a world where all is well. */
  final Set<String> missed = new TreeSet<>();

  final TreeMap<Fault, Integer> faults = new TreeMap<>();

  void met(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  /** Kinds of faults that never came. */
  List<Fault> missing() {
    return Arrays.stream(Fault.values()).filter(fault -> !faults.containsKey(fault)).toList();
  }

  /** Adds another world's. */
  void add(Simulation.Result world) {
    Figures other = world.figures();
    plans += other.plans;
    intents += other.intents;
    signals += other.signals;
    raced += other.raced;
    undetectable += other.undetectable;
    lives += other.lives;
    judgements += other.judgements;
    records += other.records;
    notices += other.notices;
    approvals += other.approvals;
    other.ended.forEach(run -> ended.add(world.seed() + "/" + run));
    other.missed.forEach(run -> missed.add(world.seed() + "/" + run));
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  String words() {
    return "lives="
        + lives
        + " judgements="
        + judgements
        + " records="
        + records
        + " notices="
        + notices
        + " approvals="
        + approvals
        + " plans="
        + plans
        + " intents="
        + intents
        + " signals="
        + signals
        + " ended="
        + ended.size()
        + " missed="
        + missed.size()
        + " raced="
        + raced
        + " undetectable="
        + undetectable
        + " faults="
        + faults.values().stream().mapToInt(Integer::intValue).sum()
        + " kinds="
        + faults.size();
  }
}
