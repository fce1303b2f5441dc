package dev.reeve.simulation;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was counted in one world, or in many. */
final class Figures {
  long plans;
  long intents;
  long signals;
  long raced;
  long lives;
  long judgements;
  long records;
  long notices;
  long approvals;

  /** Runs of workloads that Reeve ended. */
  final Set<String> ended = new TreeSet<>();

  /** Runs that were idle for long, might be ended, and nothing failed meanwhile; and were not. */
  final Set<String> spared = new TreeSet<>();

  final TreeMap<Fault, Integer> faults = new TreeMap<>();

  void met(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  /** Adds another world's. */
  void add(Figures other) {
    plans += other.plans;
    intents += other.intents;
    signals += other.signals;
    raced += other.raced;
    lives += other.lives;
    judgements += other.judgements;
    records += other.records;
    notices += other.notices;
    approvals += other.approvals;
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }
}
