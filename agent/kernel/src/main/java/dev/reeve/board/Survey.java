package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadSighting;
import java.util.Collections;
import java.util.HashMap;
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
  private final Map<SubjectId, Place> places = new HashMap<>();
  private final Map<SubjectId, String> foreign = new HashMap<>();
  private final SortedMap<SubjectId, Tenant> tenants = new TreeMap<>();

  Survey(Estate estate, Costs costs, long nowNanos) {
    this.estate = estate;
    this.costs = costs;
    this.now = nowNanos;
    Map<SubjectId, SortedSet<SubjectId>> claimed = new HashMap<>();
    estate
        .claims()
        .forEach(
            (device, claims) ->
                claims.holders(
                    workload ->
                        claimed.computeIfAbsent(workload, _ -> new TreeSet<>()).add(device)));
    estate
        .workloads()
        .forEach(
            (id, sighted) -> {
              if (sighted.shown()) {
                add(id, sighted, claimed.getOrDefault(id, Collections.emptySortedSet()));
              }
            });
  }

  private void add(SubjectId id, Sighted sighted, SortedSet<SubjectId> claimed) {
    WorkloadSighting sighting = sighted.merged(now);
    if (!sighting.foreignTo().isEmpty()) {
      foreign.put(id, sighting.foreignTo());
    }
    tenants.put(id, new Tenant(this, id, sighted, sighting, claimed));
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
    return foreign.getOrDefault(workload, "");
  }

  Place place(SubjectId gpu) {
    return places.computeIfAbsent(
        gpu,
        id ->
            new Place(
                this,
                id,
                Optional.ofNullable(estate.devices().get(id)),
                Optional.ofNullable(estate.claims().get(id))));
  }

  Cost price(Device device) {
    return costs.price(device);
  }

  Witnesses witnesses(Place gpu) {
    return Witnesses.over(estate.depths().spans(), gpu::sees, gpu::window);
  }

  Witnesses witnesses(Tenant tenant) {
    return Witnesses.over(estate.depths().spans(), tenant::sees, tenant::window);
  }
}
