package dev.reeve.board;

import dev.reeve.model.Claim;
import dev.reeve.model.Declaration;
import dev.reeve.model.Fact;
import dev.reeve.model.Signal;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known at one instant. Immutable, in a fixed order, and readable by anyone.
 *
 * @param atNanos evidence clock
 * @param longestSpan the longest span that the rules ask for
 * @param claims who holds each device, by each source, with those that ended within that span
 * @param witnesses what shows activity, by workload and GPU, whatever the rules ask for
 * @param latest newest readings that are not too old, by what was measured
 * @param declarations what workloads said of themselves, merged
 * @param endedRuns runs that said that they are over
 * @param sources what each source does
 * @param drops what was not used, by reason, besides what sources count themselves
 */
public record Snapshot(
    long atNanos,
    Duration longestSpan,
    SortedMap<SubjectId, Subject.Workload> workloads,
    SortedMap<SubjectId, Subject.Gpu> gpus,
    SortedMap<SubjectId, Subject.Run> runs,
    SortedMap<SubjectId, Subject.Endpoint> endpoints,
    SortedMap<SubjectId, List<Claim>> claims,
    SortedMap<SubjectId, Witnesses> witnesses,
    SortedMap<SubjectId, Map<Signal, Double>> latest,
    SortedMap<SubjectId, Declaration> declarations,
    SortedSet<SubjectId> endedRuns,
    SortedMap<String, Source> sources,
    SortedMap<String, Long> drops) {
  public Snapshot {
    workloads = copy(workloads);
    gpus = copy(gpus);
    runs = copy(runs);
    endpoints = copy(endpoints);
    claims = copy(claims);
    witnesses = copy(witnesses);
    latest = copy(latest);
    declarations = copy(declarations);
    endedRuns = Collections.unmodifiableSortedSet(new TreeSet<>(endedRuns));
    sources = copy(sources);
    drops = copy(drops);
  }

  /**
   * One source.
   *
   * @param interval how often it is asked; zero where it never answered
   * @param lastGood age of its last answer; empty where it never answered
   * @param lastError reason and sentence; empty since it answers again
   * @param drops samples that were not trusted, by reason
   */
  public record Source(
      String name,
      Duration interval,
      Optional<Duration> lastGood,
      long answers,
      long failures,
      String lastError,
      SortedMap<String, Long> drops) {}

  /** All subjects in a fixed order: workloads, GPUs, runs, endpoints, each by id. */
  public List<Subject> subjects() {
    List<Subject> all =
        new ArrayList<>(workloads.size() + gpus.size() + runs.size() + endpoints.size());
    all.addAll(workloads.values());
    all.addAll(gpus.values());
    all.addAll(runs.values());
    all.addAll(endpoints.values());
    return Collections.unmodifiableList(all);
  }

  /** What rules see, in the same order. */
  public List<Fact> facts() {
    return subjects().stream().map(Subject::fact).toList();
  }

  public Optional<Subject> subject(SubjectId id) {
    return switch (id.kind()) {
      case WORKLOAD -> Optional.ofNullable(workloads.get(id));
      case GPU -> Optional.ofNullable(gpus.get(id));
      case RUN -> Optional.ofNullable(runs.get(id));
      case ENDPOINT -> Optional.ofNullable(endpoints.get(id));
      case NODE, BUDGET -> Optional.empty();
    };
  }

  /** What shows activity over the longest span of the rules. */
  public Map<Signal, Window> witnesses(SubjectId id) {
    return witnesses(id, longestSpan);
  }

  /**
   * What shows whether a subject does something, over a rule's span, whatever the rule asks for;
   * for a run or an endpoint it is what shows it of its workload. A signal that was never seen is
   * not in it.
   */
  public Map<Signal, Window> witnesses(SubjectId id, Duration span) {
    return witnesses.getOrDefault(measured(id), Witnesses.none()).over(span);
  }

  private SubjectId measured(SubjectId id) {
    return switch (subject(id).orElse(null)) {
      case Subject.Run run -> run.workload();
      case Subject.Endpoint endpoint -> endpoint.workload();
      case null, default -> id;
    };
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> copy(SortedMap<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
