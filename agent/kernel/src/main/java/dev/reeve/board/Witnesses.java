package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * What shows whether one subject does something, over each span that any rule asks for. A signal
 * that was never seen is not in it.
 */
public final class Witnesses {
  private static final Witnesses NONE = new Witnesses(new TreeMap<>());

  private final NavigableMap<Duration, Map<Signal, Window>> bySpan;

  private Witnesses(NavigableMap<Duration, Map<Signal, Window>> bySpan) {
    this.bySpan = bySpan;
  }

  static Witnesses none() {
    return NONE;
  }

  static Witnesses over(
      NavigableSet<Duration> spans,
      Predicate<Signal> seen,
      BiFunction<Signal, Duration, Window> windows) {
    List<Signal> signals = new ArrayList<>(Depths.WITNESSES.size());
    for (Signal signal : Depths.WITNESSES) {
      if (seen.test(signal)) {
        signals.add(signal);
      }
    }
    NavigableMap<Duration, Map<Signal, Window>> bySpan = new TreeMap<>();
    for (Duration span : spans) {
      Map<Signal, Window> found = new EnumMap<>(Signal.class);
      for (Signal signal : signals) {
        found.put(signal, windows.apply(signal, span));
      }
      bySpan.put(span, Collections.unmodifiableMap(found));
    }
    return new Witnesses(bySpan);
  }

  /**
   * The windows over a span, or over the next longer one that a rule asks for. A witness that does
   * not reach back so far bears witness of what it has seen: its longest window that is known is
   * taken, else it is unknown.
   */
  public Map<Signal, Window> over(Duration span) {
    if (bySpan.isEmpty()) {
      return Map.of();
    }
    Duration asked = Optional.ofNullable(bySpan.ceilingKey(span)).orElseGet(bySpan::lastKey);
    Map<Signal, Window> found = new EnumMap<>(Signal.class);
    for (Map<Signal, Window> windows : bySpan.headMap(asked, true).descendingMap().values()) {
      windows.forEach(
          (signal, window) -> {
            if (!(found.get(signal) instanceof Window.Known)) {
              found.merge(
                  signal,
                  window,
                  (longer, shorter) -> shorter instanceof Window.Known ? shorter : longer);
            }
          });
    }
    return Collections.unmodifiableMap(found);
  }
}
