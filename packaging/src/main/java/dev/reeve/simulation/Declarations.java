package dev.reeve.simulation;

import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.Collector;
import dev.reeve.spi.Shield;
import dev.reeve.time.Ticker;
import java.time.Duration;
import java.util.List;

/** What workloads say of their protection while they run, as they do over the run socket. */
final class Declarations implements Collector, Shield {
  private final World world;
  private final Ticker evidence;

  Declarations(World world, Ticker evidence) {
    this.world = world;
    this.evidence = evidence;
  }

  @Override
  public String name() {
    return "declarations";
  }

  @Override
  public Duration interval() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Observation collect() {
    return Observation.ofDevices(name(), evidence.nanos(), interval(), List.of(), List.of());
  }

  @Override
  public Protection protection(SubjectId workload) {
    String key = workload.key();
    return world.workloads.stream()
            .filter(one -> one.shielded && !one.uid.isEmpty())
            .anyMatch(one -> key.endsWith(one.uid))
        ? Protection.because("it declared itself protected")
        : Protection.none();
  }
}
