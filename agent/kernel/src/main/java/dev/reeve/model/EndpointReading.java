package dev.reeve.model;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one replica of an endpoint shows of the requests that it serves.
 *
 * @param name of the endpoint, unique within its workload
 * @param replica which of them it is; empty where there is one
 * @param slo seconds that its owner declares for the time to the first token
 * @param values gauges, finite
 * @param histograms cumulative since the replica began
 */
public record EndpointReading(
    SubjectId workload,
    String name,
    String replica,
    OptionalDouble slo,
    SortedMap<Signal, Double> values,
    SortedMap<Signal, Buckets> histograms) {
  public EndpointReading {
    if (workload.kind() != SubjectKind.WORKLOAD || name.isEmpty()) {
      throw new IllegalArgumentException("an endpoint has a name and belongs to a workload");
    }
    if (slo.isPresent() && !(slo.getAsDouble() > 0 && Double.isFinite(slo.getAsDouble()))) {
      throw new IllegalArgumentException("an objective is a time above zero");
    }
    values = copy(values);
    histograms = copy(histograms);
    for (Signal signal : values.keySet()) {
      check(signal, false);
    }
    for (Signal signal : histograms.keySet()) {
      check(signal, true);
    }
    if (!values.values().stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a reading of " + name + " is not finite");
    }
  }

  private static void check(Signal signal, boolean histogram) {
    if (!signal.ofEndpoints() || signal.histogram() != histogram) {
      throw new IllegalArgumentException(signal.text() + " is not read so of an endpoint");
    }
  }

  private static <V> SortedMap<Signal, V> copy(Map<Signal, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  public SubjectId subject() {
    return SubjectId.endpoint(workload, name);
  }
}
