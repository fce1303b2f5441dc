package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All series of one measured subject: a GPU, or a workload's processes. */
final class Measured {
  private static final double UNKNOWN_BOARD_WATTS = 2_000;

  private final BoardSettings settings;
  private final Map<Signal, List<Series>> series = new EnumMap<>(Signal.class);
  private final Map<Signal, SortedMap<SourceLog, Histogram>> histograms =
      new EnumMap<>(Signal.class);
  private final SortedMap<SourceLog, Pulse> pulses = new TreeMap<>(SourceLog.TRUST);
  private Depths depths;
  private GpuModels.Power power = GpuModels.Power.UNKNOWN;
  private boolean ownPower = true;
  private long memoryBytes;
  private final Health health;

  /**
   * @param health outlives what is measured: signs are remembered for longer than a device that
   *     nobody shows
   */
  Measured(BoardSettings settings, Depths depths, Health health) {
    this.settings = settings;
    this.depths = depths;
    this.health = health;
  }

  /**
   * @param own whether power readings are its own; those of a MIG instance are its board's
   */
  void power(GpuModels.Power known, boolean own) {
    power = known;
    ownPower = own;
  }

  /** All memory that the device has; 0 where that is not known. */
  void memory(long bytes) {
    memoryBytes = bytes;
  }

  Health health() {
    return health;
  }

  void keep(Depths asked) {
    depths = asked;
    series.values().forEach(list -> list.forEach(this::keep));
    histograms.forEach((signal, of) -> of.values().forEach(one -> keep(signal, one)));
  }

  private void keep(Series one) {
    one.keep(depths.nanos(one.signal()), settings.samples(), () -> mostPerSecond(one.signal()));
  }

  private void keep(Signal signal, Histogram one) {
    one.keep(depths.nanos(signal), settings.samples());
  }

  private double mostPerSecond(Signal signal) {
    if (signal != Signal.GPU_ENERGY) {
      return Double.POSITIVE_INFINITY;
    }
    return power.known() ? power.limitWatts() : UNKNOWN_BOARD_WATTS;
  }

  /** Forgets what a source has not said for so long. */
  void forget(long untilNanos) {
    series.values().forEach(list -> list.removeIf(one -> one.newest() <= untilNanos));
    series.values().removeIf(List::isEmpty);
    histograms.values().forEach(of -> of.values().removeIf(one -> one.newest() <= untilNanos));
    histograms.values().removeIf(Map::isEmpty);
    pulses.values().removeIf(pulse -> pulse.newest() <= untilNanos);
  }

  /** The series to offer a reading to. */
  Series series(Signal signal, SourceLog source) {
    List<Series> list = series.computeIfAbsent(signal, _ -> new ArrayList<>(1));
    for (Series one : list) {
      if (one.source() == source) {
        return one;
      }
    }
    Series created = new Series(signal, source);
    keep(created);
    list.add(created);
    list.sort(Comparator.comparing(Series::source, SourceLog.TRUST));
    return created;
  }

  /** The histogram to give a reading to. */
  Histogram histogram(Signal signal, SourceLog source) {
    return histograms
        .computeIfAbsent(signal, _ -> new TreeMap<>(SourceLog.TRUST))
        .computeIfAbsent(
            source,
            _ -> {
              Histogram created = new Histogram(source);
              keep(signal, created);
              return created;
            });
  }

  Pulse pulse(SourceLog source) {
    return pulses.computeIfAbsent(source, _ -> new Pulse());
  }

  /** What a reading says of its device beside the reading itself; empty where that is unknown. */
  Map<Signal, Double> derived(Signal signal, double value, SourceLog source, long atNanos) {
    health.see(signal, value, source.name(), atNanos);
    return switch (signal) {
      case GPU_POWER ->
          ownPower && power.known()
              ? Map.of(
                  Signal.GPU_POWER_OVER_IDLE,
                  value / power.idleWatts(),
                  Signal.GPU_POWER_SHARE,
                  value / power.limitWatts())
              : Map.of();
      case GPU_MEMORY_USED ->
          memoryBytes > 0 ? Map.of(Signal.GPU_MEMORY_SHARE, value / memoryBytes) : Map.of();
      case GPU_XID -> Map.of(Signal.GPU_FATAL_XIDS, (double) health.fatalXids(source.name()));
      default -> Map.of();
    };
  }

  /** Whether a signal of it is believed to be its own. */
  boolean owns(Signal signal) {
    return ownPower
        || (signal != Signal.GPU_POWER
            && signal != Signal.GPU_ENERGY
            && signal != Signal.GPU_POWER_OVER_IDLE
            && signal != Signal.GPU_POWER_SHARE);
  }

  boolean has(Signal signal) {
    return owns(signal) && series.containsKey(signal);
  }

  Window window(Signal signal, long spanNanos, long nowNanos) {
    if (signal.histogram()) {
      return counted(signal, spanNanos, nowNanos);
    }
    if (!owns(signal)) {
      return new Window.Unknown(
          Reason.NEVER_SEEN, "a MIG instance has no power of its own, only its board has");
    }
    List<Series> list = series.getOrDefault(signal, List.of());
    if (list.isEmpty()) {
      return new Window.Unknown(Reason.NEVER_SEEN, whyAbsent(signal));
    }
    List<BestSource.Word> words = new ArrayList<>(list.size());
    for (Series one : list) {
      words.add(new BestSource.Word(one.source().name(), believed(one, spanNanos, nowNanos)));
    }
    return BestSource.of(signal, words, settings);
  }

  private Window counted(Signal signal, long spanNanos, long nowNanos) {
    SortedMap<SourceLog, Histogram> sources =
        histograms.getOrDefault(signal, Collections.emptySortedMap());
    if (sources.isEmpty()) {
      return new Window.Unknown(Reason.NEVER_SEEN, whyAbsent(signal));
    }
    List<BestSource.Word> words = new ArrayList<>(sources.size());
    sources.forEach(
        (source, one) ->
            words.add(new BestSource.Word(source.name(), one.window(spanNanos, nowNanos))));
    return BestSource.counted(words, settings);
  }

  private Window believed(Series one, long spanNanos, long nowNanos) {
    Window window = one.window(spanNanos, nowNanos);
    @Nullable Pulse pulse = pulses.get(one.source());
    if (pulse != null && window instanceof Window.Known) {
      Optional<String> whyNot = pulse.whyNot(nowNanos - spanNanos, nowNanos);
      if (whyNot.isPresent()) {
        return new Window.Unknown(Reason.FROZEN, whyNot.get());
      }
    }
    return window;
  }

  private String whyAbsent(Signal signal) {
    if (series.containsKey(Signal.GPU_POWER)) {
      if (signal == Signal.GPU_POWER_OVER_IDLE) {
        return "the idle floor of its model is not known";
      }
      if (signal == Signal.GPU_POWER_SHARE) {
        return "the power limit of its model is not known";
      }
    }
    return signal == Signal.GPU_MEMORY_SHARE && series.containsKey(Signal.GPU_MEMORY_USED)
        ? "no source says how much memory it has"
        : "no source gives " + signal.text();
  }

  /** The newest reading of each signal that is not too old, from the most trusted source. */
  Map<Signal, Double> latest(long nowNanos) {
    Map<Signal, Double> found = new EnumMap<>(Signal.class);
    series.forEach(
        (signal, list) -> {
          for (Series one : list) {
            if (owns(signal) && !one.source().tooOld(one.newest(), nowNanos)) {
              found.put(signal, one.value());
              return;
            }
          }
        });
    return Collections.unmodifiableMap(found);
  }
}
