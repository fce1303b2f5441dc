package dev.reeve.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one source said at one instant, in canonical signals and units. Immutable.
 *
 * @param source name of the collector and its target, such as {@code dcgm:localhost:9400}
 * @param atNanos evidence clock, when the answer was complete
 * @param interval how often this source is asked, on the evidence clock
 * @param drops samples that were not trusted, by reason
 */
public record Observation(
    String source,
    long atNanos,
    Duration interval,
    List<Sample> samples,
    List<Device> devices,
    List<Holding> holdings,
    List<WorkloadSighting> workloads,
    List<Declaration> declarations,
    List<RunReport> runs,
    List<EndpointReading> endpoints,
    SortedMap<String, Long> drops) {
  public Observation {
    samples = List.copyOf(samples);
    devices = List.copyOf(devices);
    holdings = List.copyOf(holdings);
    workloads = List.copyOf(workloads);
    declarations = List.copyOf(declarations);
    runs = List.copyOf(runs);
    endpoints = List.copyOf(endpoints);
    drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
  }

  /** Readings of devices only. */
  public static Observation ofDevices(
      String source, long atNanos, Duration interval, List<Device> devices, List<Sample> samples) {
    return new Observation(
        source,
        atNanos,
        interval,
        samples,
        devices,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  /** Who holds what, and what the holders are. */
  public static Observation ofHoldings(
      String source,
      long atNanos,
      Duration interval,
      List<Holding> holdings,
      List<WorkloadSighting> workloads) {
    return new Observation(
        source,
        atNanos,
        interval,
        List.of(),
        List.of(),
        holdings,
        workloads,
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  /** The same with these drops. */
  public Observation withDrops(SortedMap<String, Long> counted) {
    return new Observation(
        source,
        atNanos,
        interval,
        samples,
        devices,
        holdings,
        workloads,
        declarations,
        runs,
        endpoints,
        counted);
  }

  /** The same with these readings of endpoints. */
  public Observation withEndpoints(List<EndpointReading> read) {
    return new Observation(
        source,
        atNanos,
        interval,
        samples,
        devices,
        holdings,
        workloads,
        declarations,
        runs,
        read,
        drops);
  }

  /** The same with these samples besides. */
  public Observation withSamples(List<Sample> more) {
    List<Sample> all = new ArrayList<>(samples);
    all.addAll(more);
    return new Observation(
        source,
        atNanos,
        interval,
        all,
        devices,
        holdings,
        workloads,
        declarations,
        runs,
        endpoints,
        drops);
  }
}
