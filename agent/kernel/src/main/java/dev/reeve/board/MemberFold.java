package dev.reeve.board;

import dev.reeve.model.Buckets;
import dev.reeve.model.Fold;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of all members as the window of their owner. A pure function: nothing but the
 * members' windows goes in, and one that is not known makes the whole unknown.
 */
final class MemberFold {
  private MemberFold() {}

  /** A device, or whatever else was measured, with its window. */
  record Member(SubjectId id, Window window) {}

  /** All windows end now and have the same span. */
  static Window fold(Fold fold, List<Member> members) {
    if (members.isEmpty()) {
      return new Window.Unknown(Reason.MEMBER_MISSING, "there is no device to measure");
    }
    List<Window.Known> windows = new ArrayList<>(members.size());
    List<Window.Counted> counted = new ArrayList<>();
    for (Member member : members) {
      switch (member.window()) {
        case Window.Known known -> windows.add(known);
        case Window.Counted one -> counted.add(one);
        case Window.Unknown unknown -> {
          return new Window.Unknown(
              Reason.MEMBER_MISSING, member.id().key() + ": " + unknown.detail());
        }
      }
    }
    if ((fold == Fold.BUCKETS ? counted.size() : windows.size()) != members.size()) {
      return new Window.Unknown(Reason.NEVER_SEEN, "a histogram and a number do not add up");
    }
    return switch (fold) {
      case EXTREME -> extreme(windows);
      case SUM -> sum(windows);
      case BUCKETS -> buckets(counted);
    };
  }

  /** Bucket by bucket; what was counted by other buckets cannot be added. */
  private static Window buckets(List<Window.Counted> windows) {
    List<Double> bounds = windows.getFirst().added().bounds();
    double[] sums = new double[bounds.size()];
    double coverage = 1;
    Duration age = Duration.ZERO;
    for (Window.Counted window : windows) {
      if (!window.added().bounds().equals(bounds)) {
        return new Window.Unknown(Reason.DISAGREEMENT, "its members count by different buckets");
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += window.added().counts().get(i);
      }
      coverage = Math.min(coverage, window.coverage());
      age = age.compareTo(window.newestAge()) < 0 ? window.newestAge() : age;
    }
    Buckets added = new Buckets(bounds, Arrays.stream(sums).boxed().toList());
    return new Window.Counted(windows.getFirst().span(), added, coverage, age);
  }

  private static Window extreme(List<Window.Known> windows) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    double increase = Double.NEGATIVE_INFINITY;
    double weighted = 0;
    double weight = 0;
    for (Window.Known window : windows) {
      least = Math.min(least, window.min());
      most = Math.max(most, window.max());
      last = Math.max(last, window.last());
      increase = Math.max(increase, window.increase());
      weighted += window.mean() * window.coverage();
      weight += window.coverage();
    }
    double mean = weighted / weight;
    double bounded = Double.isNaN(mean) ? mean : Math.clamp(mean, least, most);
    return new Window.Known(
        windows.getFirst().span(),
        least,
        most,
        bounded,
        last,
        increase,
        leastCoverage(windows),
        oldest(windows));
  }

  /** The extremes of a sum are bounds: they need not have been reached at one instant. */
  private static Window sum(List<Window.Known> windows) {
    double least = 0;
    double most = 0;
    double mean = 0;
    double last = 0;
    double increase = 0;
    for (Window.Known window : windows) {
      least += window.min();
      most += window.max();
      mean += window.mean();
      last += window.last();
      increase += window.increase();
    }
    return new Window.Known(
        windows.getFirst().span(),
        least,
        most,
        mean,
        last,
        increase,
        leastCoverage(windows),
        oldest(windows));
  }

  private static double leastCoverage(List<Window.Known> windows) {
    double least = Double.POSITIVE_INFINITY;
    for (Window.Known window : windows) {
      least = Math.min(least, window.coverage());
    }
    return least;
  }

  private static Duration oldest(List<Window.Known> windows) {
    Duration oldest = windows.getFirst().newestAge();
    for (Window.Known window : windows) {
      oldest = window.newestAge().compareTo(oldest) > 0 ? window.newestAge() : oldest;
    }
    return oldest;
  }
}
