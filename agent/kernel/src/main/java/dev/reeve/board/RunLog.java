package dev.reeve.board;

import dev.reeve.model.RunReport;
import dev.reeve.model.SubjectId;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What one run of one workload's incarnation has reported. */
final class RunLog {
  static final long LEAST_NANOS = 300_000_000_000L;
  static final int INTERVALS = 10;
  private static final int LEARNED = 15;

  private final SubjectId id;
  private final SubjectId workload;
  private final long[] intervals = new long[LEARNED];
  private int learned;
  private SourceLog source;
  private boolean reported;
  private long newest;
  private OptionalLong first = OptionalLong.empty();
  private boolean ended;
  private final Progress progress = new Progress();
  private OptionalDouble lastLoss = OptionalDouble.empty();
  private OptionalDouble bestLoss = OptionalDouble.empty();
  private int notFinite;
  private final long[] pauses = new long[LEARNED];
  private int paused;
  private long longestPause;
  private long stepSince;

  RunLog(SubjectId id, SubjectId workload, SourceLog source) {
    this.id = id;
    this.workload = workload;
    this.source = source;
  }

  SubjectId id() {
    return id;
  }

  SubjectId workload() {
    return workload;
  }

  SourceLog source() {
    return source;
  }

  long newest() {
    return newest;
  }

  boolean ended() {
    return ended;
  }

  OptionalLong step() {
    return progress.step();
  }

  Progress progress() {
    return progress;
  }

  OptionalDouble lastLoss() {
    return lastLoss;
  }

  OptionalDouble bestLoss() {
    return bestLoss;
  }

  int notFinite() {
    return notFinite;
  }

  /** Takes a report that is not older than the newest. Says whether it did. */
  boolean report(RunReport report, SourceLog from) {
    if (reported && report.atNanos() < newest) {
      return false;
    }
    if (restarted(report)) {
      forget();
    }
    if (reported && report.atNanos() > newest) {
      intervals[learned++ % LEARNED] = report.atNanos() - newest;
    }
    source = from;
    reported = true;
    first = first.isPresent() ? first : OptionalLong.of(report.atNanos());
    newest = report.atNanos();
    ended = report.ended();
    paced(report);
    progress.report(report.step(), report.total());
    report.loss().ifPresent(this::loss);
    return true;
  }

  /** To be asked before the step is taken over. */
  private void paced(RunReport report) {
    if (report.step().isEmpty() || report.step().equals(step())) {
      return;
    }
    if (step().isPresent()) {
      long pause = report.atNanos() - stepSince;
      pauses[paused++ % LEARNED] = pause;
      longestPause = Math.max(longestPause, pause);
    }
    stepSince = report.atNanos();
  }

  /** Since when its step stands; empty where it reports none, or has ended. */
  OptionalLong stepSince() {
    return step().isEmpty() || ended ? OptionalLong.empty() : OptionalLong.of(stepSince);
  }

  /** Median time between two rises of its step; empty before the second. */
  OptionalLong usualPause() {
    return paused == 0 ? OptionalLong.empty() : OptionalLong.of(median(pauses, paused));
  }

  /** Longest time between two rises of its step; empty before the second. */
  OptionalLong longestPause() {
    return paused == 0 ? OptionalLong.empty() : OptionalLong.of(longestPause);
  }

  private void loss(double loss) {
    if (Double.isFinite(loss)) {
      notFinite = 0;
      lastLoss = OptionalDouble.of(loss);
      bestLoss = OptionalDouble.of(Math.min(loss, bestLoss.orElse(loss)));
    } else {
      notFinite++;
    }
  }

  /** A run that goes on after its end, or goes back, has been started anew. */
  private boolean restarted(RunReport report) {
    boolean back =
        step().isPresent()
            && report.step().isPresent()
            && report.step().getAsLong() < step().getAsLong();
    return reported && (back || (ended && !report.ended()));
  }

  private void forget() {
    reported = false;
    learned = 0;
    progress.forget();
    lastLoss = OptionalDouble.empty();
    bestLoss = OptionalDouble.empty();
    notFinite = 0;
    paused = 0;
    longestPause = 0;
  }

  /**
   * Why what it reported does not hold any more; empty where it does. Only its age and its end
   * outlive that.
   *
   * @param tie the workload as it is sighted now, if it is
   */
  Optional<String> whyNot(Optional<Sighted> tie, long nowNanos) {
    Optional<String> untied = untied(tie, nowNanos);
    if (untied.isPresent()) {
      return untied;
    }
    long age = nowNanos - newest;
    if (age > limit()) {
      return Optional.of(
          "the newest report is %s old, at most %s are allowed"
              .formatted(Words.time(age), Words.time(limit())));
    }
    return Optional.empty();
  }

  /**
   * Why nobody can say yet which other runs there are: this process knows only those that it has
   * heard itself, and what spoke before it started may speak again any moment.
   */
  Optional<String> alone(long nowNanos) {
    long heard = nowNanos - first.orElse(nowNanos);
    return heard >= limit()
        ? Optional.empty()
        : Optional.of(
            "it has been listened to for %s of %s, so others may not have been heard yet"
                .formatted(Words.time(heard), Words.time(limit())));
  }

  /** Why it does not surely speak for a workload that is seen; empty where it does. */
  Optional<String> untied(Optional<Sighted> tie, long nowNanos) {
    if (tie.isEmpty()) {
      return Optional.of("its workload is not seen, so nobody knows whom it speaks for");
    }
    if (tie.get().restartedAt() > newest) {
      return Optional.of(
          "its workload was restarted %s ago and it has not reported since"
              .formatted(Words.time(nowNanos - tie.get().restartedAt())));
    }
    return Optional.empty();
  }

  private long limit() {
    return learned == 0
        ? LEAST_NANOS
        : Math.max(LEAST_NANOS, INTERVALS * median(intervals, learned));
  }

  private static long median(long[] ring, int written) {
    int count = Math.min(written, LEARNED);
    long[] sorted = Arrays.copyOf(ring, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }
}
