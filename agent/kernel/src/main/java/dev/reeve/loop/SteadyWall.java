package dev.reeve.loop;

import dev.reeve.board.WallTime;
import dev.reeve.decision.DecisionLog;
import dev.reeve.model.TimesOfWeek;
import dev.reeve.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Watches whether the wall clock goes as fast as the evidence clock, or was set. Threads: one. */
final class SteadyWall {
  /** A clock that is corrected bit by bit stays within it. */
  private static final Duration SET = Duration.ofMinutes(1);

  private final Clocks clocks;
  private final DecisionLog log;
  private Optional<Instant> last = Optional.empty();
  private long lastNanos;
  private Optional<Instant> setAt = Optional.empty();

  SteadyWall(Clocks clocks, DecisionLog log) {
    this.clocks = clocks;
    this.log = log;
  }

  WallTime read() {
    Instant now = clocks.wall().instant();
    long nanos = clocks.evidence().nanos();
    if (last.isPresent()) {
      Duration passed = Duration.ofNanos((long) ((nanos - lastNanos) / clocks.speed()));
      Duration shown = Duration.between(last.get(), now);
      if (shown.minus(passed).abs().compareTo(SET) > 0) {
        setAt = Optional.of(now);
      }
    }
    last = Optional.of(now);
    lastNanos = nanos;
    Duration steady = setAt.map(set -> Duration.between(set, now)).orElse(TimesOfWeek.MOST);
    return new WallTime(now, steady, others(now, nanos));
  }

  /** Also what an earlier process saw: a restart makes no clock right. */
  private List<Instant> others(Instant now, long evidenceNanos) {
    long world = clocks.world().nanos();
    return log.locked(
        state -> state.clockSets().others(now, world, state.timelineAt(evidenceNanos)));
  }
}
