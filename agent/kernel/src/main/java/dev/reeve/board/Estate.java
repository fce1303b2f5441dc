package dev.reeve.board;

import dev.reeve.model.Device;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.SlotTable;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.CollectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is known, by what it is known of. Bounded, and cleared of what is gone. */
final class Estate {
  private final BoardSettings settings;
  private final GpuModels models = GpuModels.shipped();
  private final Drops drops = new Drops();
  private final List<Series> offered = new ArrayList<>();
  private final SortedMap<String, SourceLog> sources = new TreeMap<>();
  private final SortedMap<SubjectId, Listed> devices = new TreeMap<>();
  private final SortedMap<SubjectId, Sighted> workloads = new TreeMap<>();
  private final SortedMap<SubjectId, DeviceClaims> claims = new TreeMap<>();
  private final SortedMap<SubjectId, RunLog> runs = new TreeMap<>();
  private final SortedMap<SubjectId, Health> health = new TreeMap<>();
  private final SortedMap<SubjectId, EndpointLog> endpoints = new TreeMap<>();
  private Depths depths;

  Estate(SlotTable slots, BoardSettings settings) {
    this.settings = settings;
    this.depths = new Depths(slots, settings.leastSpan());
  }

  Depths depths() {
    return depths;
  }

  Drops drops() {
    return drops;
  }

  SortedMap<String, SourceLog> sources() {
    return sources;
  }

  SortedMap<SubjectId, Listed> devices() {
    return devices;
  }

  SortedMap<SubjectId, Sighted> workloads() {
    return workloads;
  }

  SortedMap<SubjectId, DeviceClaims> claims() {
    return claims;
  }

  SortedMap<SubjectId, RunLog> runs() {
    return runs;
  }

  SortedMap<SubjectId, EndpointLog> endpoints() {
    return endpoints;
  }

  /** Rings stay; what is asked for longer than before grows into it. */
  void reconfigure(SlotTable slots) {
    depths = new Depths(slots, settings.leastSpan());
    devices.values().forEach(listed -> listed.measured().keep(depths));
    workloads.values().forEach(sighted -> sighted.measured().keep(depths));
    endpoints.values().forEach(endpoint -> endpoint.keep(depths));
  }

  void failed(String name, CollectException why, long nowNanos) {
    source(name).ifPresent(source -> source.failure(why, nowNanos));
  }

  void take(Observation observation, long nowNanos) {
    Optional<SourceLog> known = source(observation.source());
    if (known.isEmpty() || !known.get().answer(observation, nowNanos)) {
      return;
    }
    SourceLog source = known.get();
    long at = observation.atNanos();
    observation.devices().forEach(device -> list(device, source, at));
    observation.workloads().forEach(sighting -> sight(sighting, source, at));
    observation
        .declarations()
        .forEach(
            declaration ->
                workload(declaration.workload())
                    .ifPresent(
                        sighted -> {
                          sighted.heard(at);
                          sighted.declare(declaration);
                        }));
    observation.holdings().forEach(holding -> hold(holding, source, at));
    measure(observation, source);
    observation.runs().forEach(report -> report(report, source, nowNanos));
    observation.endpoints().forEach(reading -> serve(reading, observation, source));
  }

  private Optional<SourceLog> source(String name) {
    return get(sources, name, () -> new SourceLog(name, settings.rank(name)));
  }

  private void list(Device device, SourceLog source, long atNanos) {
    Listed before = devices.get(device.id());
    if (before != null && before.repartitioned(device)) {
      devices.remove(device.id());
      claims.remove(device.id());
    }
    listed(device, source).ifPresent(listed -> listed.list(device, source, atNanos));
  }

  private Optional<Listed> listed(Device device, SourceLog source) {
    return get(health, device.id(), Health::new)
        .flatMap(
            known ->
                get(
                    devices,
                    device.id(),
                    () ->
                        new Listed(device, source, new Measured(settings, depths, known), models)));
  }

  private void sight(WorkloadSighting sighting, SourceLog source, long atNanos) {
    workload(sighting.subject()).ifPresent(sighted -> sighted.show(source, sighting, atNanos));
  }

  private Optional<Sighted> workload(SubjectId id) {
    return get(workloads, id, () -> new Sighted(new Measured(settings, depths, new Health())));
  }

  private void hold(Holding holding, SourceLog source, long atNanos) {
    get(claims, holding.device(), () -> new DeviceClaims(holding.device()))
        .ifPresent(held -> held.say(source, holding.answer(), atNanos));
  }

  private void report(RunReport report, SourceLog source, long nowNanos) {
    if (source.ahead(report.atNanos(), nowNanos)) {
      source.drops().count(Drops.FUTURE, 1);
      return;
    }
    SubjectId id = runId(report);
    get(runs, id, () -> new RunLog(id, report.workload(), source))
        .filter(run -> !run.report(report, source))
        .ifPresent(_ -> source.drops().count(Drops.OUT_OF_ORDER, 1));
  }

  private void serve(EndpointReading reading, Observation observation, SourceLog source) {
    get(
            endpoints,
            reading.subject(),
            () ->
                new EndpointLog(
                    reading,
                    () -> new Measured(settings, depths, new Health()),
                    settings.subjects()))
        .ifPresent(
            log ->
                log.take(reading, source, observation.atNanos(), observation.interval().toNanos()));
  }

  /** A run's own id is unique within its workload only. */
  private static SubjectId runId(RunReport report) {
    String owner = report.workload().key();
    String key = report.run().key();
    return key.startsWith(owner) ? report.run() : SubjectId.run(owner + "/" + key);
  }

  private void measure(Observation observation, SourceLog source) {
    long at = observation.atNanos();
    long interval = observation.interval().toNanos();
    for (Sample sample : observation.samples()) {
      measured(sample.subject(), source, at).ifPresent(measured -> offer(measured, source, sample));
    }
    for (Series series : offered) {
      source.drops().count(series.take(at, interval));
    }
    offered.clear();
    for (Pulse pulse : source.touched()) {
      pulse.beat(at, interval);
    }
    source.touched().clear();
  }

  private void offer(Measured measured, SourceLog source, Sample sample) {
    offer(measured.series(sample.signal(), source), sample.value());
    if (Pulse.watches(sample.signal())) {
      Pulse pulse = measured.pulse(source);
      pulse.read(sample.signal(), sample.value(), source.newest());
      source.touched().add(pulse);
    }
    measured
        .derived(sample.signal(), sample.value(), source, source.newest())
        .forEach((signal, value) -> offer(measured.series(signal, source), value));
  }

  private void offer(Series series, double value) {
    if (series.offer(value)) {
      offered.add(series);
    }
  }

  private Optional<Measured> measured(SubjectId subject, SourceLog source, long atNanos) {
    if (subject.kind() == SubjectKind.GPU) {
      Listed present = devices.get(subject);
      Optional<Listed> listed =
          present == null
              ? listed(new Device(subject, "", "", "", "", 0), source)
              : Optional.of(present);
      listed.ifPresent(it -> it.shown(source, atNanos));
      return listed.map(Listed::measured);
    }
    if (subject.kind() == SubjectKind.WORKLOAD) {
      return workload(subject)
          .map(
              sighted -> {
                sighted.heard(atNanos);
                return sighted.measured();
              });
    }
    source.drops().count(Drops.NOT_MEASURED, 1);
    return Optional.empty();
  }

  private <K, V> Optional<V> get(Map<K, V> map, K key, java.util.function.Supplier<V> create) {
    V present = map.get(key);
    if (present != null) {
      return Optional.of(present);
    }
    if (map.size() >= settings.subjects()) {
      drops.count(Drops.TOO_MANY_SUBJECTS, 1);
      return Optional.empty();
    }
    V created = create.get();
    map.put(key, created);
    return Optional.of(created);
  }

  /** Drops what is gone, and ends what was not said again in time. */
  void settle(long nowNanos) {
    long forget = 2 * depths.longest().toNanos();
    claims.values().forEach(held -> held.settle(nowNanos, forget));
    devices.values().removeIf(listed -> listed.gone(nowNanos, forget));
    health
        .entrySet()
        .removeIf(e -> !devices.containsKey(e.getKey()) && e.getValue().forgotten(nowNanos));
    workloads.values().removeIf(sighted -> sighted.gone(nowNanos, forget));
    claims.entrySet().removeIf(e -> e.getValue().silent() && !devices.containsKey(e.getKey()));
    devices.values().forEach(listed -> listed.measured().forget(nowNanos - forget));
    workloads.values().forEach(sighted -> sighted.measured().forget(nowNanos - forget));
    endpoints.values().removeIf(endpoint -> endpoint.forget(nowNanos - forget));
    long runForget = settings.runRetention().toNanos();
    runs.values()
        .removeIf(
            run -> !workloads.containsKey(run.workload()) && nowNanos - run.newest() > runForget);
    sources.values().removeIf(source -> nowNanos - source.heard() > forget);
  }
}
