package dev.reeve.collectors.history;

import dev.reeve.model.Buckets;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts the lines that speak of endpoints together to what each replica shows.
final class ServingParts {
  private final SortedMap<Replica, Parts> replicas = new TreeMap<>();

  private record Replica(SubjectId workload, String endpoint, String name)
      implements Comparable<Replica> {
    private static final Comparator<Replica> ORDER =
        Comparator.comparing(Replica::workload)
            .thenComparing(Replica::endpoint)
            .thenComparing(Replica::name);

    @Override
    public int compareTo(Replica other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Parts {
    private OptionalDouble slo = OptionalDouble.empty();
    private final SortedMap<Signal, Double> values = new TreeMap<>();
    private final SortedMap<Signal, SortedMap<Double, Double>> buckets = new TreeMap<>();
  }

  /// Takes a line; one whose value cannot be is dropped and counted.
  void take(Said.Serving said, double value, SortedMap<String, Long> drops) {
    if (!Double.isFinite(value)) {
      drops.merge("not_finite", 1L, Long::sum);
      return;
    }
    Parts parts =
        replicas.computeIfAbsent(
            new Replica(said.workload(), said.endpoint(), said.replica()), _ -> new Parts());
    switch (said.shown()) {
      case Said.Shown.Gauge it -> parts.values.put(it.signal(), value);
      case Said.Shown.Objective _ when value > 0 -> parts.slo = OptionalDouble.of(value);
      case Said.Shown.Bucket it when value >= 0 ->
          parts.buckets.computeIfAbsent(it.signal(), _ -> new TreeMap<>()).put(it.bound(), value);
      case Said.Shown.Objective _, Said.Shown.Bucket _ ->
          drops.merge("out_of_range", 1L, Long::sum);
    }
  }

  List<EndpointReading> readings() {
    List<EndpointReading> readings = new ArrayList<>();
    replicas.forEach(
        (replica, parts) -> {
          SortedMap<Signal, Buckets> histograms = new TreeMap<>();
          parts.buckets.forEach(
              (signal, buckets) ->
                  histograms.put(
                      signal,
                      new Buckets(List.copyOf(buckets.keySet()), List.copyOf(buckets.values()))));
          readings.add(
              new EndpointReading(
                  replica.workload(),
                  replica.endpoint(),
                  replica.name(),
                  parts.slo,
                  parts.values,
                  histograms));
        });
    return readings;
  }
}
