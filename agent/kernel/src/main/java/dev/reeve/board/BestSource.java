package dev.reeve.board;

import dev.reeve.model.Buckets;
import dev.reeve.model.Signal;
import dev.reeve.model.Unit;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * One window out of what several sources say of the same thing. A pure function. The most trusted
 * source that knows is taken; extremes that another one saw count too, because what was seen was
 * there; and where they contradict each other, nothing is known.
 */
final class BestSource {
  private BestSource() {}

  /** What one source says. */
  record Word(String source, Window window) {}

  /**
   * @param words the most trusted source first, at least one
   */
  static Window of(Signal signal, List<Word> words, BoardSettings settings) {
    List<Word> knowing = new ArrayList<>(words.size());
    for (Word word : words) {
      if (word.window() instanceof Window.Known) {
        knowing.add(word);
      }
    }
    if (knowing.isEmpty()) {
      return words.getFirst().window();
    }
    Word best = knowing.getFirst();
    Window.Known merged = (Window.Known) best.window();
    for (Word other : knowing.subList(1, knowing.size())) {
      Window.Known theirs = (Window.Known) other.window();
      Window.Known ours = (Window.Known) best.window();
      if (!agree(signal, ours, theirs, settings)) {
        return new Window.Unknown(
            Reason.DISAGREEMENT,
            "%s says %s, %s says %s"
                .formatted(
                    best.source(), text(signal, ours), other.source(), text(signal, theirs)));
      }
      merged = widened(merged, theirs);
    }
    return merged;
  }

  /**
   * The same of histograms: two that count one thing by other buckets, or other numbers, contradict
   * each other.
   *
   * @param words the most trusted source first, at least one
   */
  static Window counted(List<Word> words, BoardSettings settings) {
    List<Word> knowing =
        words.stream().filter(word -> word.window() instanceof Window.Counted).toList();
    if (knowing.isEmpty()) {
      return words.getFirst().window();
    }
    Word best = knowing.getFirst();
    for (Word other : knowing.subList(1, knowing.size())) {
      if (best.window() instanceof Window.Counted ours
          && other.window() instanceof Window.Counted theirs
          && !agree(ours.added(), theirs.added(), settings)) {
        return new Window.Unknown(
            Reason.DISAGREEMENT,
            "%s and %s count differently".formatted(best.source(), other.source()));
      }
    }
    return best.window();
  }

  private static boolean agree(Buckets one, Buckets other, BoardSettings settings) {
    if (!one.bounds().equals(other.bounds())) {
      return false;
    }
    double most = Math.max(one.observations(), other.observations());
    for (int i = 0; i < one.counts().size(); i++) {
      double difference = Math.abs(one.counts().get(i) - other.counts().get(i));
      if (difference > settings.relativeTolerance() * most) {
        return false;
      }
    }
    return true;
  }

  private static boolean agree(
      Signal signal, Window.Known one, Window.Known other, BoardSettings settings) {
    if (signal.counter()) {
      return close(signal, one.increase(), other.increase(), settings);
    }
    return close(signal, one.max(), other.max(), settings)
        && close(signal, one.mean(), other.mean(), settings)
        && close(signal, one.min(), other.min(), settings);
  }

  private static boolean close(Signal signal, double one, double other, BoardSettings settings) {
    double difference = Math.abs(one - other);
    if (difference <= nothing(signal.unit())) {
      return true;
    }
    double allowed =
        signal.unit() == Unit.RATIO && signal != Signal.GPU_POWER_OVER_IDLE
            ? settings.ratioTolerance()
            : settings.relativeTolerance() * Math.max(Math.abs(one), Math.abs(other));
    return difference <= allowed;
  }

  /** Idle noise, and what the driver reserves and only one of two tools counts as used. */
  private static double nothing(Unit unit) {
    return switch (unit) {
      case BYTES -> 1L << 30;
      case BYTES_PER_SECOND -> 1e6;
      case WATTS, CELSIUS -> 5;
      case RATIO, JOULES, HERTZ, CORES, SECONDS, PER_SECOND, MONEY_PER_HOUR, COUNT -> 0;
    };
  }

  private static Window.Known widened(Window.Known ours, Window.Known theirs) {
    return new Window.Known(
        ours.span(),
        Math.min(ours.min(), theirs.min()),
        Math.max(ours.max(), theirs.max()),
        ours.mean(),
        ours.last(),
        ours.increase(),
        ours.coverage(),
        ours.newestAge());
  }

  private static String text(Signal signal, Window.Known window) {
    return signal.counter()
        ? "an increase of " + Words.number(window.increase())
        : "%s to %s, in the mean %s"
            .formatted(
                Words.number(window.min()),
                Words.number(window.max()),
                Words.number(window.mean()));
  }
}
