package dev.reeve.guard;

import dev.reeve.board.WallTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nothing is begun in a time that people froze. A clock that was set may be wrong now or have been
 * wrong before, so it must be outside by either.
 */
record FreezeGuard(List<Freeze> freezes) implements Guard {
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** Shorter than any time that people can write. */
  private static final Duration STEP = Duration.ofSeconds(30);

  FreezeGuard {
    freezes = List.copyOf(freezes);
  }

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public Optional<Verdict> check(Question question) {
    for (Freeze freeze : freezes) {
      if (freeze.scope().covers(question)) {
        Optional<Verdict> objection = check(freeze, question);
        if (objection.isPresent()) {
          return objection;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> check(Freeze freeze, Question question) {
    if (freeze.times() instanceof Freeze.Unreadable unreadable) {
      return deny(
          "frozen: '" + unreadable.text() + "' of guard.freeze is no time; correct it to go on");
    }
    WallTime wall = question.situation().scene().wall();
    Duration since = Duration.ofNanos(question.nowNanos() - question.situation().atNanos());
    String which = freeze.times().text() + freeze.scope().text() + " (guard.freeze)";
    if (during(freeze, wall.now(), since)) {
      return hold("frozen: " + which, RETRY);
    }
    for (Instant other : wall.others()) {
      if (during(freeze, other, since)) {
        return hold(
            "frozen: the clock was set within a day, and without that it would be " + which, RETRY);
      }
    }
    return Optional.empty();
  }

  /** Whether it is frozen at any time between the judgement and now. */
  private static boolean during(Freeze freeze, Instant judged, Duration since) {
    List<Instant> instants = new ArrayList<>();
    for (Duration after = Duration.ZERO; after.compareTo(since) < 0; after = after.plus(STEP)) {
      instants.add(judged.plus(after));
    }
    instants.add(judged.plus(since.isNegative() ? Duration.ZERO : since));
    return instants.stream().anyMatch(freeze.times()::contains);
  }
}
