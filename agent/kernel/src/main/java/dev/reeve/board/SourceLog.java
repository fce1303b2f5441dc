package dev.reeve.board;

import dev.reeve.model.Observation;
import dev.reeve.spi.CollectException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What is known of one source: how often it answers, when it last did, and what went wrong. */
final class SourceLog {
  /** The most trusted first. */
  static final Comparator<SourceLog> TRUST =
      Comparator.comparingInt(SourceLog::rank).thenComparing(SourceLog::name);

  private final String name;
  private final int rank;
  private final Drops drops = new Drops();
  private final Set<Pulse> touched = new LinkedHashSet<>();
  private boolean answered;
  private long newest;
  private long interval;
  private long answers;
  private long failures;
  private String lastError = "";
  private long heard;

  SourceLog(String name, int rank) {
    this.name = name;
    this.rank = rank;
  }

  String name() {
    return name;
  }

  int rank() {
    return rank;
  }

  Drops drops() {
    return drops;
  }

  /** Devices of the answer that is being read. */
  Set<Pulse> touched() {
    return touched;
  }

  long newest() {
    return newest;
  }

  /** Counts its answers: what it said in two that follow each other, it said twice in a row. */
  long answerNumber() {
    return answers;
  }

  /** When it last answered or failed. */
  long heard() {
    return heard;
  }

  /** Whether what it said at an instant is too old to hold at another. */
  boolean tooOld(long saidNanos, long nowNanos) {
    return nowNanos - saidNanos > Rhythm.MOST_INTERVALS * interval;
  }

  /** Whether a stamp lies further ahead than a clock can be off. */
  boolean ahead(long stampNanos, long nowNanos) {
    return stampNanos - nowNanos > interval;
  }

  boolean answers(long nowNanos) {
    return answered && !tooOld(newest, nowNanos);
  }

  /** Takes note of an answer; says whether it can be used. */
  boolean answer(Observation observation, long nowNanos) {
    long number = Math.max(1, observation.samples().size());
    long announced = observation.interval().toNanos();
    heard = nowNanos;
    if (announced <= 0) {
      drops.count(Drops.NO_INTERVAL, number);
      return false;
    }
    if (observation.atNanos() - nowNanos > announced) {
      drops.count(Drops.FUTURE, number);
      return false;
    }
    if (answered && observation.atNanos() <= newest) {
      boolean same = observation.atNanos() == newest;
      drops.count(same ? Drops.DUPLICATE : Drops.OUT_OF_ORDER, number);
      return false;
    }
    observation.drops().forEach(drops::count);
    answered = true;
    answers++;
    newest = observation.atNanos();
    interval = announced;
    lastError = "";
    return true;
  }

  void failure(CollectException why, long nowNanos) {
    failures++;
    heard = nowNanos;
    lastError = why.reason().text() + ": " + why.getMessage();
  }

  Snapshot.Source view(long nowNanos) {
    return new Snapshot.Source(
        name,
        Duration.ofNanos(interval),
        answered ? Optional.of(Duration.ofNanos(Math.max(0, nowNanos - newest))) : Optional.empty(),
        answers,
        failures,
        lastError,
        drops.copy());
  }
}
