package dev.reeve.board;

import dev.reeve.model.Buckets;
import dev.reeve.model.EndpointReading;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.SubjectKind;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What is measured on one endpoint, by replica. A replica that fell silent counts as long as its
 * requests may lie in a span: without them the others would look better than all of them were.
 */
final class EndpointLog {
  private final SubjectId id;
  private final SubjectId workload;
  private final Supplier<Measured> measured;
  private final int mostReplicas;
  private final SortedMap<String, Measured> replicas = new TreeMap<>();
  private final SortedMap<String, Declared> objectives = new TreeMap<>();
  private final SortedMap<String, Long> shown = new TreeMap<>();
  private OptionalLong turnedAway = OptionalLong.empty();

  EndpointLog(EndpointReading first, Supplier<Measured> measured, int mostReplicas) {
    this.id = first.subject();
    this.workload = first.workload();
    this.measured = measured;
    this.mostReplicas = mostReplicas;
  }

  private record Declared(OptionalDouble seconds, SourceLog source, long atNanos) {}

  SubjectId id() {
    return id;
  }

  SubjectId workload() {
    return workload;
  }

  /** A reading of one of its replicas; what was dropped of it is counted. */
  void take(EndpointReading read, SourceLog source, long atNanos, long intervalNanos) {
    if (!replicas.containsKey(read.replica()) && replicas.size() >= mostReplicas) {
      turnedAway = OptionalLong.of(atNanos);
      source.drops().count(Drops.TOO_MANY_SUBJECTS, 1);
      return;
    }
    Measured of = replicas.computeIfAbsent(read.replica(), _ -> measured.get());
    shown.put(read.replica(), atNanos);
    objectives.put(source.name() + " " + read.replica(), new Declared(read.slo(), source, atNanos));
    for (Map.Entry<Signal, Double> value : read.values().entrySet()) {
      Series series = of.series(value.getKey(), source);
      series.offer(value.getValue());
      source.drops().count(series.take(atNanos, intervalNanos));
    }
    for (Map.Entry<Signal, Buckets> value : read.histograms().entrySet()) {
      Histogram histogram = of.histogram(value.getKey(), source);
      source.drops().count(histogram.take(atNanos, value.getValue(), intervalNanos));
    }
  }

  void keep(Depths depths) {
    replicas.values().forEach(one -> one.keep(depths));
  }

  /** Forgets what was last heard by then; says whether nothing is left. */
  boolean forget(long untilNanos) {
    shown.values().removeIf(at -> at <= untilNanos);
    replicas.keySet().retainAll(shown.keySet());
    replicas.values().forEach(one -> one.forget(untilNanos));
    objectives.values().removeIf(one -> one.atNanos() <= untilNanos);
    if (turnedAway.isPresent() && turnedAway.getAsLong() <= untilNanos) {
      turnedAway = OptionalLong.empty();
    }
    return replicas.isEmpty();
  }

  Window window(Signal signal, long spanNanos, long nowNanos) {
    if (!signal.ofEndpoints()) {
      return new Window.Unknown(Reason.NEVER_SEEN, "an endpoint has no " + signal.text());
    }
    if (turnedAway.isPresent()) {
      return new Window.Unknown(
          Reason.MEMBER_MISSING,
          "it has more than " + mostReplicas + " replicas, and not all are kept");
    }
    List<MemberFold.Member> members = new ArrayList<>(replicas.size());
    replicas.forEach(
        (name, one) ->
            members.add(
                new MemberFold.Member(
                    name.isEmpty()
                        ? id
                        : new SubjectId(SubjectKind.ENDPOINT, id.key() + "/" + name),
                    one.window(signal, spanNanos, nowNanos))));
    return MemberFold.fold(signal.fold(), members);
  }

  /** The one objective that is declared now; a word in its place where there is none. */
  Objective objective(long nowNanos) {
    SortedSet<Double> found = new TreeSet<>();
    for (Declared one : objectives.values()) {
      if (one.seconds().isPresent() && !one.source().tooOld(one.atNanos(), nowNanos)) {
        found.add(one.seconds().getAsDouble());
      }
    }
    if (found.size() == 1) {
      return new Objective(OptionalDouble.of(found.getFirst()), "");
    }
    return new Objective(
        OptionalDouble.empty(),
        found.isEmpty()
            ? "its owner declares no objective, or has not lately"
            : "its owner declares several objectives: " + found);
  }

  /**
   * @param seconds empty where it is not known
   * @param whyNot in words, for people
   */
  record Objective(OptionalDouble seconds, String whyNot) {}

  SortedMap<Signal, Double> latest(long nowNanos) {
    SortedMap<Signal, Double> sums = new TreeMap<>();
    replicas.values().stream()
        .map(one -> one.latest(nowNanos))
        .forEach(one -> one.forEach((signal, value) -> sums.merge(signal, value, Double::sum)));
    return sums;
  }
}
