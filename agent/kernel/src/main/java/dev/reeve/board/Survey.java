package dev.reeve.board;

import dev.reeve.model.Claim;
import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
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

/** The estate at one instant: who is seen, and who holds what. */
final class Survey {
  private final Estate estate;
  private final Costs costs;
  private final long now;
  private final SortedMap<SubjectId, WorkloadSighting> sightings = new TreeMap<>();
  private final SortedMap<SubjectId, Tenant> tenants = new TreeMap<>();

  Survey(Estate estate, Costs costs, long nowNanos) {
    this.estate = estate;
    this.costs = costs;
    this.now = nowNanos;
    Map<SubjectId, SortedSet<SubjectId>> claimed = new TreeMap<>();
    for (DeviceClaims claims : estate.claims().values()) {
      for (Claim claim : claims.claims()) {
        if (claim.untilNanos().isEmpty()) {
          claimed.computeIfAbsent(claim.workload(), _ -> new TreeSet<>()).add(claim.device());
        }
      }
    }
    estate.workloads().values().stream()
        .filter(Sighted::shown)
        .forEach(sighted -> add(sighted, claimed));
  }

  private void add(Sighted sighted, Map<SubjectId, SortedSet<SubjectId>> claimed) {
    WorkloadSighting sighting = sighted.merged(now);
    SubjectId id = sighting.subject();
    sightings.put(id, sighting);
    SortedSet<SubjectId> held = claimed.getOrDefault(id, new TreeSet<>());
    tenants.put(id, new Tenant(this, sighted, sighting, held));
  }

  long now() {
    return now;
  }

  /** Every workload that a platform shows, or has shown before it fell silent. */
  SortedMap<SubjectId, Tenant> tenants() {
    return tenants;
  }

  /** The workload, if a platform shows it now. */
  Optional<Tenant> tie(SubjectId workload) {
    return Optional.ofNullable(tenants.get(workload)).filter(Tenant::seen);
  }

  /** The platform that a workload really belongs to; empty text where its own. */
  String foreignTo(SubjectId workload) {
    WorkloadSighting sighting = sightings.get(workload);
    return sighting == null ? "" : sighting.foreignTo();
  }

  Optional<Listed> device(SubjectId id) {
    return Optional.ofNullable(estate.devices().get(id));
  }

  Optional<DeviceClaims> claims(SubjectId device) {
    return Optional.ofNullable(estate.claims().get(device));
  }

  Cost price(Device device) {
    return costs.price(device);
  }

  Cost sum(SortedSet<SubjectId> devices) {
    return costs.sum(devices, id -> device(id).map(Listed::device));
  }

  Window ofGpu(Listed gpu, Signal signal, Duration span) {
    return signal == Signal.COST_RATE
        ? Costs.window(price(gpu.device()), span)
        : gpu.measured().window(signal, span.toNanos(), now);
  }

  /** Whether any source says that another workload holds a device as well. */
  boolean shared(SubjectId device, SubjectId workload) {
    return claims(device).stream()
        .flatMap(held -> held.claims().stream())
        .anyMatch(claim -> claim.untilNanos().isEmpty() && !claim.workload().equals(workload));
  }

  /** Signs of sickness on a device, or on the board that an instance is cut from. */
  Optional<String> sick(SubjectId device) {
    return device(device)
        .flatMap(
            listed ->
                listed
                    .measured()
                    .health()
                    .sick(now)
                    .or(
                        () ->
                            device(SubjectId.gpu(listed.device().board()))
                                .flatMap(board -> board.measured().health().sick(now))));
  }

  /** The same of any of its devices; empty text where none shows one. */
  String sick(Tenant tenant) {
    List<String> words = new ArrayList<>();
    for (SubjectId device : tenant.devices()) {
      sick(device).ifPresent(signs -> words.add(device.key() + ": " + signs));
    }
    return String.join("; ", words);
  }

  Witnesses witnesses(Listed gpu) {
    return Witnesses.over(
        estate.depths().spans(),
        signal -> gpu.measured().has(signal),
        (signal, span) -> ofGpu(gpu, signal, span));
  }

  Witnesses witnesses(Tenant tenant) {
    return Witnesses.over(estate.depths().spans(), tenant::sees, tenant::window);
  }
}
