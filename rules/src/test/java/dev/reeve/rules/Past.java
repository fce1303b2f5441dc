package dev.reeve.rules;

import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A past that is made as it is read: each GPU is held by one workload, and works or does not as the
 * scenario says.
 */
final class Past implements History {
  static final long START = 1_717_000_000_000_000_000L;
  static final Duration EVERY = Duration.ofSeconds(30);

  private final int gpus;
  private final Scenario scenario;
  private final long samples;
  private final List<Device> devices = new ArrayList<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<WorkloadSighting> workloads = new ArrayList<>();
  private long next;

  /** Whether a GPU works at a minute; empty while its workload is not there. */
  interface Scenario {
    Optional<Boolean> works(int gpu, double minute);
  }

  Past(int gpus, Duration length, Scenario scenario) {
    this.gpus = gpus;
    this.scenario = scenario;
    this.samples = length.dividedBy(EVERY);
    for (int i = 0; i < gpus; i++) {
      SubjectId gpu = SubjectId.gpu("GPU-%04d".formatted(i));
      WorkloadSighting one =
          new WorkloadSighting(
              new WorkloadId("k8s", "c", "team" + i % 7, "Job", "job-" + i),
              Incarnation.of("uid-" + i, List.of("pod-" + i)),
              WorkloadKind.TRAINING,
              "owner" + i % 5,
              "",
              Extent.of(List.of(gpu)),
              Protection.none(),
              Optional.empty(),
              "");
      workloads.add(one);
      holdings.add(new Holding(gpu, new Holding.HeldBy(List.of(one.subject()))));
      devices.add(new Device(gpu, "NVIDIA H100 80GB HBM3", "" + i % 8, "n" + i / 8, "", 80L << 30));
    }
  }

  @Override
  public Optional<Heard> next() {
    if (next > samples) {
      return Optional.empty();
    }
    long at = START + next * EVERY.toNanos();
    double minute = next * EVERY.toSeconds() / 60.0;
    List<Sample> read = new ArrayList<>();
    List<Holding> held = new ArrayList<>();
    List<WorkloadSighting> seen = new ArrayList<>();
    for (int i = 0; i < gpus; i++) {
      SubjectId gpu = devices.get(i).id();
      Optional<Boolean> works = scenario.works(i, minute);
      boolean busy = works.orElse(false);
      // idle, what is measured still moves a little: a device that never moves is frozen
      read.add(new Sample(gpu, Signal.GPU_ENGINE_ACTIVE, busy ? 0.8 : 0));
      read.add(new Sample(gpu, Signal.GPU_UTILIZATION, busy ? 0.97 : 0));
      read.add(new Sample(gpu, Signal.GPU_POWER, (busy ? 600 : 70) + (next + i) % 3));
      read.add(new Sample(gpu, Signal.GPU_TEMPERATURE, (busy ? 60 : 30) + (next + i) % 2));
      if (works.isPresent()) {
        held.add(holdings.get(i));
        seen.add(workloads.get(i));
      } else {
        held.add(new Holding(gpu, new Holding.Nobody("the list was complete")));
      }
    }
    next++;
    return Optional.of(
        new Heard.Answer(
            new Observation(
                "past",
                at,
                EVERY,
                read,
                devices,
                held,
                seen,
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>())));
  }

  @Override
  public List<String> notes() {
    return List.of();
  }
}
