package dev.reeve.board;

import dev.reeve.model.Claim;
import dev.reeve.model.Declaration;
import dev.reeve.model.Observation;
import dev.reeve.model.Signal;
import dev.reeve.model.SlotTable;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.CollectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known now. Observations go in, snapshots come out; between them it keeps, for each device
 * and workload, just what the rules ask for.
 *
 * <p>Threads: one, the loop's. Snapshots are immutable and can be read by anyone. It reads no
 * clock: all times are evidence nanoseconds that the caller passes in.
 */
public final class Board {
  private final Estate estate;
  private final Pricing pricing;
  private final String bootId;
  private final List<Heard> inbox = new ArrayList<>();
  private SlotTable slots;

  /** What has come since the last snapshot. */
  private sealed interface Heard {
    record Answer(Observation observation) implements Heard {}

    record Failure(String source, CollectException why) implements Heard {}
  }

  /**
   * @param slots which features the rules ask of which kind of subject
   * @param bootId which boot the evidence clock's readings belong to
   */
  public Board(SlotTable slots, BoardSettings settings, Pricing pricing, String bootId) {
    this.slots = slots;
    this.estate = new Estate(slots, settings);
    this.pricing = pricing;
    this.bootId = bootId;
  }

  /** Takes what a source said. It is used at the next snapshot, which knows what time it is. */
  public void accept(Observation observation) {
    inbox.add(new Heard.Answer(observation));
  }

  /** A source gave nothing. What it knew grows old; nothing is taken from the failure. */
  public void failed(String source, CollectException why) {
    inbox.add(new Heard.Failure(source, why));
  }

  /**
   * Fills facts by another table from now on. What was measured stays; a span that is longer than
   * all before it is unknown until it is filled.
   */
  public void reconfigure(SlotTable asked) {
    slots = asked;
    estate.reconfigure(asked);
  }

  /** The same where nobody says what time of the week it is: what asks for it is not known. */
  public Snapshot snapshot(long nowNanos) {
    return snapshot(nowNanos, Optional.empty());
  }

  /**
   * What is known at an instant, which is not before that of an earlier snapshot.
   *
   * @param wall what people's clocks show then, for times of the week and for nothing else
   */
  public Snapshot snapshot(long nowNanos, WallTime wall) {
    return snapshot(nowNanos, Optional.of(wall));
  }

  private Snapshot snapshot(long nowNanos, Optional<WallTime> wall) {
    for (Heard heard : inbox) {
      switch (heard) {
        case Heard.Answer answer -> estate.take(answer.observation(), nowNanos);
        case Heard.Failure failure -> estate.failed(failure.source(), failure.why(), nowNanos);
      }
    }
    inbox.clear();
    estate.settle(nowNanos);
    return view(new Survey(estate, new Costs(pricing), nowNanos), wall);
  }

  private Snapshot view(Survey survey, Optional<WallTime> wall) {
    Subjects subjects = new Subjects(slots, survey, estate.runs().values(), bootId, wall);
    SortedMap<SubjectId, Subject.Workload> workloads = new TreeMap<>();
    SortedMap<SubjectId, Subject.Gpu> gpus = new TreeMap<>();
    SortedMap<SubjectId, Witnesses> witnesses = new TreeMap<>();
    SortedMap<SubjectId, Map<Signal, Double>> latest = new TreeMap<>();
    survey
        .tenants()
        .forEach(
            (id, tenant) -> {
              workloads.put(id, subjects.workload(tenant));
              witnesses.put(id, survey.witnesses(tenant));
              latest.put(id, tenant.sighted().measured().latest(survey.now()));
            });
    estate
        .devices()
        .forEach(
            (id, listed) -> {
              Place place = survey.place(id);
              gpus.put(id, subjects.gpu(listed.device(), place));
              witnesses.put(id, survey.witnesses(place));
              latest.put(id, listed.measured().latest(survey.now()));
            });
    estate.endpoints().forEach((id, log) -> latest.put(id, log.latest(survey.now())));
    return new Snapshot(
        survey.now(),
        estate.depths().longest(),
        workloads,
        gpus,
        runs(subjects),
        endpoints(subjects),
        claims(),
        witnesses,
        latest,
        declarations(),
        endedRuns(),
        sources(survey.now()),
        estate.drops().copy());
  }

  private SortedMap<SubjectId, Declaration> declarations() {
    SortedMap<SubjectId, Declaration> declarations = new TreeMap<>();
    estate
        .workloads()
        .forEach(
            (id, sighted) ->
                sighted.declared().ifPresent(declared -> declarations.put(id, declared)));
    return declarations;
  }

  private SortedMap<SubjectId, Subject.Run> runs(Subjects subjects) {
    SortedMap<SubjectId, Subject.Run> runs = new TreeMap<>();
    estate.runs().forEach((id, run) -> runs.put(id, subjects.run(run)));
    return runs;
  }

  private SortedMap<SubjectId, Subject.Endpoint> endpoints(Subjects subjects) {
    SortedMap<SubjectId, Subject.Endpoint> endpoints = new TreeMap<>();
    estate.endpoints().forEach((id, log) -> endpoints.put(id, subjects.endpoint(log)));
    return endpoints;
  }

  private SortedSet<SubjectId> endedRuns() {
    SortedSet<SubjectId> ended = new TreeSet<>();
    estate
        .runs()
        .forEach(
            (id, run) -> {
              if (run.ended()) {
                ended.add(id);
              }
            });
    return ended;
  }

  private SortedMap<SubjectId, List<Claim>> claims() {
    SortedMap<SubjectId, List<Claim>> claims = new TreeMap<>();
    estate.claims().forEach((id, held) -> claims.put(id, held.claims()));
    return claims;
  }

  private SortedMap<String, Snapshot.Source> sources(long nowNanos) {
    SortedMap<String, Snapshot.Source> sources = new TreeMap<>();
    estate.sources().forEach((name, source) -> sources.put(name, source.view(nowNanos)));
    return sources;
  }
}
