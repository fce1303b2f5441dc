package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Scrape;
import dev.reeve.model.Device;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns one scrape into canonical readings. What can't be trusted is dropped and counted, never
/// repaired.
final class DcgmReader {
  private final Scrape<Meaning> scrape;
  private final ScaleDecision scales;
  private final SortedMap<SubjectId, Device> devices = new TreeMap<>();
  private final SortedMap<SubjectId, Map<Quantity, Double>> readings = new TreeMap<>();
  private final SortedMap<SubjectId, SortedSet<Hint>> hints = new TreeMap<>();
  private final SortedMap<String, Long> drops = new TreeMap<>();
  private final Set<String> cutBoards = new HashSet<>();

  private DcgmReader(Scrape<Meaning> scrape, Map<String, Scale> configured) {
    this.scrape = scrape;
    scales = new ScaleDecision(configured, scrape);
  }

  /// @param configured scales that the operator vouches for, by metric name
  static DcgmReading read(Scrape<Meaning> scrape, Map<String, Scale> configured) {
    var reader = new DcgmReader(scrape, configured);
    scrape.drops().forEach((reason, count) -> reader.drop(reason.name(), count));
    reader.findCutBoards();
    for (int sample = 0; sample < scrape.size(); sample++) {
      int slot = scrape.slot(sample);
      switch (scrape.mapped(slot)) {
        case Meaning.Nothing _ -> {}
        case Meaning.Nameless _ -> reader.drop("NO_DEVICE", 1);
        case Meaning.Presence presence -> reader.note(presence.device(), presence.hint());
        case Meaning.Reading reading -> reader.take(reading, scrape.value(slot));
      }
    }
    return reader.result();
  }

  private void findCutBoards() {
    for (int sample = 0; sample < scrape.size(); sample++) {
      if (scrape.mapped(scrape.slot(sample)) instanceof Meaning.Reading reading
          && isInstance(reading.device())) {
        cutBoards.add(reading.device().board());
      }
    }
  }

  private static boolean isInstance(Device device) {
    return !device.board().equals(device.id().key());
  }

  private void take(Meaning.Reading reading, double raw) {
    note(reading.device(), reading.hint());
    Quantity quantity = reading.field().quantity();
    if (!Double.isFinite(raw)) {
      drop("NOT_FINITE", 1);
      return;
    }
    if (Blank.is(raw)) {
      drop("BLANK", 1);
      return;
    }
    if (quantity.of() == Quantity.Of.WHOLE_GPU && cutBoards.contains(reading.device().board())) {
      drop("NOT_MEASURED_WITH_MIG", 1);
      return;
    }
    Optional<Scale> scale = scales.of(reading);
    if (scale.isEmpty()) {
      drop("UNKNOWN_SCALE", 1);
      return;
    }
    double value = scale.get().apply(raw);
    if (!quantity.possible(value)) {
      drop("IMPOSSIBLE", 1);
      return;
    }
    Device of = quantity.of() == Quantity.Of.DEVICE ? reading.device() : board(reading.device());
    readings
        .computeIfAbsent(of.id(), _ -> new EnumMap<>(Quantity.class))
        .merge(quantity, value, quantity::fold);
  }

  private void note(Device device, Hint hint) {
    devices.putIfAbsent(device.id(), device);
    if (!hint.isEmpty()) {
      hints.computeIfAbsent(device.id(), _ -> new TreeSet<>()).add(hint);
    }
  }

  private Device board(Device device) {
    if (!isInstance(device)) {
      return device;
    }
    return devices.computeIfAbsent(
        SubjectId.gpu(device.board()),
        id -> new Device(id, device.model(), device.index(), device.node(), "", 0));
  }

  private void drop(String reason, long count) {
    drops.merge(reason.toLowerCase(Locale.ROOT), count, Long::sum);
  }

  private DcgmReading result() {
    List<Sample> samples = new ArrayList<>();
    readings.forEach(
        (id, quantities) -> {
          EnumMap<Signal, Double> signals = new EnumMap<>(Signal.class);
          quantities.forEach(
              (quantity, value) ->
                  quantity.signal().ifPresent(signal -> signals.put(signal, value)));
          both(quantities, Quantity.PCIE_SENT, Quantity.PCIE_RECEIVED)
              .ifPresent(rate -> signals.put(Signal.GPU_PCIE_RATE, rate));
          both(quantities, Quantity.NVLINK_SENT, Quantity.NVLINK_RECEIVED)
              .ifPresent(rate -> signals.put(Signal.GPU_NVLINK_RATE, rate));
          signals.forEach((signal, value) -> samples.add(new Sample(id, signal, value)));
        });
    List<Device> sized = devices.values().stream().map(this::withMemory).toList();
    return new DcgmReading(sized, samples, hints, drops);
  }

  /// Traffic is known when both directions are.
  private Optional<Double> both(Map<Quantity, Double> quantities, Quantity out, Quantity in) {
    Double sent = quantities.get(out);
    Double received = quantities.get(in);
    if (sent != null && received != null) {
      return Optional.of(sent + received);
    }
    if (sent != null || received != null) {
      drop("HALF_OF_A_PAIR", 1);
    }
    return Optional.empty();
  }

  private Device withMemory(Device device) {
    Map<Quantity, Double> quantities = readings.getOrDefault(device.id(), Map.of());
    double total = quantities.getOrDefault(Quantity.MEMORY_TOTAL, 0.0);
    Double used = quantities.get(Quantity.MEMORY_USED);
    Double free = quantities.get(Quantity.MEMORY_FREE);
    if (total == 0 && used != null && free != null) {
      total = used + free + quantities.getOrDefault(Quantity.MEMORY_RESERVED, 0.0);
    }
    return new Device(
        device.id(),
        device.model(),
        device.index(),
        device.node(),
        device.migProfile(),
        (long) total);
  }
}
