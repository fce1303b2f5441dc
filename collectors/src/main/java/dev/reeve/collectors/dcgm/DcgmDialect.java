package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.exposition.Dialect;
import dev.reeve.collectors.exposition.ExpositionParser;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a Prometheus kept of dcgm-exporters. Nobody else can be asked any more whose a GPU was, so
/// here the labels count that the collector takes for hints: they are good enough to replay what
/// would have been, and for nothing that touches anybody.
public final class DcgmDialect implements Dialect {
  @Override
  public SortedSet<String> metrics() {
    return Fields.names();
  }

  @Override
  public Translator translator() {
    ExpositionParser<Meaning> parser = new ExpositionParser<>(Limits.standard(), SeriesMeaning::of);
    return (exposition, source, atNanos, interval) ->
        read(parser, exposition).at(source, atNanos, interval);
  }

  private static Relayed read(ExpositionParser<Meaning> parser, Body exposition) {
    return new Relayed(DcgmReader.read(parser.parse(exposition), Map.of()));
  }

  private record Relayed(DcgmReading reading) {
    Observation at(String source, long atNanos, Duration interval) {
      List<Holding> holdings = new ArrayList<>();
      SortedMap<WorkloadId, SortedSet<SubjectId>> extents = new TreeMap<>();
      reading
          .devices()
          .forEach(
              device -> {
                List<WorkloadId> users = users(device.id());
                users.forEach(
                    user -> extents.computeIfAbsent(user, _ -> new TreeSet<>()).add(device.id()));
                holdings.add(new Holding(device.id(), answer(users)));
              });
      List<WorkloadSighting> workloads = new ArrayList<>();
      extents.forEach((user, devices) -> workloads.add(sighting(user, devices)));
      return new Observation(
          source,
          atNanos,
          interval,
          reading.samples(),
          reading.devices(),
          holdings,
          workloads,
          List.of(),
          List.of(),
          List.of(),
          reading.drops());
    }

    private List<WorkloadId> users(SubjectId device) {
      return reading.hints().getOrDefault(device, new TreeSet<>()).stream()
          .map(Relayed::user)
          .distinct()
          .toList();
    }

    private static WorkloadId user(Hint hint) {
      return hint.pod().isEmpty()
          ? new WorkloadId("slurm", "", "", "Job", hint.job())
          : new WorkloadId("k8s", "", hint.namespace(), "Pod", hint.pod());
    }

    private static Holding.Answer answer(List<WorkloadId> users) {
      return users.isEmpty()
          ? new Holding.Unsure("no label of its series names who holds it")
          : new Holding.HeldBy(
              users.stream().map(user -> SubjectId.workload(user, incarnation(user))).toList());
    }

    /// A pod's name is used once, and so is a job's number for a long while.
    private static Incarnation incarnation(WorkloadId user) {
      return Incarnation.of(user.name(), List.of());
    }

    private static WorkloadSighting sighting(WorkloadId user, SortedSet<SubjectId> devices) {
      return new WorkloadSighting(
          user,
          incarnation(user),
          WorkloadKind.UNKNOWN,
          "",
          user.namespace(),
          Extent.of(devices),
          Protection.none(),
          Optional.empty(),
          "");
    }
  }
}
