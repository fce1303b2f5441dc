package dev.reeve.board;

import dev.reeve.model.Declaration;
import dev.reeve.model.Device;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.RunReport;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One answer of a source, as a test puts it together. */
final class Said {
  private final String source;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<WorkloadSighting> workloads = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<RunReport> runs = new ArrayList<>();
  private final List<EndpointReading> endpoints = new ArrayList<>();
  private Duration interval = Duration.ofSeconds(15);

  Said(String source) {
    this.source = source;
  }

  Said every(Duration asked) {
    interval = asked;
    return this;
  }

  Said lists(Device... listed) {
    devices.addAll(List.of(listed));
    return this;
  }

  Said reads(SubjectId subject, Signal signal, double value) {
    samples.add(new Sample(subject, signal, value));
    return this;
  }

  Said held(SubjectId device, SubjectId... by) {
    holdings.add(new Holding(device, new Holding.HeldBy(List.of(by))));
    return this;
  }

  Said nobody(SubjectId device) {
    holdings.add(new Holding(device, new Holding.Nobody("the list was complete")));
    return this;
  }

  Said unsure(SubjectId device) {
    holdings.add(new Holding(device, new Holding.Unsure("the process list is empty")));
    return this;
  }

  Said shows(WorkloadSighting... shown) {
    workloads.addAll(List.of(shown));
    return this;
  }

  Said declares(Declaration declaration) {
    declarations.add(declaration);
    return this;
  }

  Said reports(RunReport report) {
    runs.add(report);
    return this;
  }

  Said serves(List<EndpointReading> read) {
    endpoints.addAll(read);
    return this;
  }

  Observation at(long nanos) {
    return new Observation(
        source,
        nanos,
        interval,
        samples,
        devices,
        holdings,
        workloads,
        declarations,
        runs,
        endpoints,
        new TreeMap<>());
  }
}
