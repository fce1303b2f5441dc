package dev.reeve.board;

import dev.reeve.model.Feature;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How long each signal is kept: as long as the rules ask, and witnesses as long as anything. */
final class Depths {
  /** What tells whether a workload does something, from groups that fail apart. */
  static final List<Signal> WITNESSES =
      List.of(
          Signal.GPU_ENGINE_ACTIVE,
          Signal.GPU_SM_ACTIVE,
          Signal.GPU_UTILIZATION,
          Signal.GPU_POWER_OVER_IDLE,
          Signal.GPU_PCIE_RATE,
          Signal.PROCESS_CPU_RATE);

  private final Map<Signal, Long> nanos = new EnumMap<>(Signal.class);
  private final NavigableSet<Duration> spans = new TreeSet<>();

  Depths(SlotTable slots, Duration leastSpan) {
    spans.add(leastSpan);
    for (SubjectKind kind : SubjectKind.values()) {
      for (Feature feature : slots.features(kind)) {
        switch (feature) {
          case Feature.OfWindow window -> keep(window.signal(), window.span());
          case Feature.OfQuantile quantile -> keep(quantile.signal(), quantile.span());
          case Feature.OfCost _, Feature.OfAttribute _, Feature.OfTimes _ -> {}
        }
      }
    }
    for (Signal witness : WITNESSES) {
      nanos.put(witness, longest().toNanos());
    }
  }

  private void keep(Signal signal, Duration span) {
    nanos.merge(signal, span.toNanos(), Math::max);
    spans.add(span);
  }

  /** Zero where nothing asks for it. */
  long nanos(Signal signal) {
    return nanos.getOrDefault(signal, 0L);
  }

  Duration longest() {
    return spans.last();
  }

  /** Every span that is asked for, and the least one. */
  NavigableSet<Duration> spans() {
    return Collections.unmodifiableNavigableSet(spans);
  }
}
