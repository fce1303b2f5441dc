package dev.reeve.board;

import dev.reeve.model.Checkpoint;
import dev.reeve.model.Declaration;
import dev.reeve.model.Extent;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Protection;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One incarnation of a workload, out of what all sources show and what it declares of itself. */
final class Sighted {
  private final Measured measured;
  private final Presence presence = new Presence();
  private final SortedMap<SourceLog, Shown> bySource = new TreeMap<>(SourceLog.TRUST);
  private Optional<Declaration> declared = Optional.empty();
  private long restartedAt = Long.MIN_VALUE;
  private long heard = Long.MIN_VALUE;

  Sighted(Measured measured) {
    this.measured = measured;
  }

  private record Shown(WorkloadSighting sighting, long atNanos) {}

  /** What is measured on itself: its processes. */
  Measured measured() {
    return measured;
  }

  /** It was measured or declared itself, whether or not its platform shows it yet. */
  void heard(long atNanos) {
    heard = Math.max(heard, atNanos);
  }

  /** Whether a platform shows it now. */
  boolean now(long nowNanos) {
    return presence.now(nowNanos);
  }

  long newest() {
    return presence.newest();
  }

  boolean gone(long nowNanos, long forgetNanos) {
    return shown() ? presence.gone(nowNanos, forgetNanos) : nowNanos - heard > forgetNanos;
  }

  void show(SourceLog source, WorkloadSighting sighting, long atNanos) {
    Shown before = bySource.put(source, new Shown(sighting, atNanos));
    if (before != null && restarted(before.sighting().incarnation(), sighting.incarnation())) {
      restartedAt = atNanos;
    }
    presence.shown(source, atNanos);
  }

  /** Nothing that ran before runs now, though the object is the same. */
  private static boolean restarted(Incarnation before, Incarnation now) {
    return before.generation() != now.generation()
        || (!before.members().isEmpty() && Collections.disjoint(before.members(), now.members()));
  }

  boolean shown() {
    return !bySource.isEmpty();
  }

  /** When its processes were last replaced by others. */
  long restartedAt() {
    return restartedAt;
  }

  Optional<Declaration> declared() {
    return declared;
  }

  void declare(Declaration more) {
    declared = Optional.of(declared.map(before -> merge(before, more)).orElse(more));
  }

  private static Declaration merge(Declaration before, Declaration more) {
    return new Declaration(
        more.workload(),
        more.kind().or(before::kind),
        more.owner().or(before::owner),
        more.group().or(before::group),
        more.checkpoint().or(before::checkpoint),
        more.budget().or(before::budget),
        before.protect() || more.protect(),
        before.singleNode() || more.singleNode());
  }

  /** All sources in one, with the declaration; the newest is right where they differ. */
  WorkloadSighting merged(long nowNanos) {
    List<WorkloadSighting> current = current(nowNanos);
    WorkloadSighting newest = current.getFirst();
    if (current.size() == 1 && declared.isEmpty()) {
      return newest;
    }
    Optional<Checkpoint> checkpoint =
        declared
            .flatMap(Declaration::checkpoint)
            .or(() -> first(current, WorkloadSighting::checkpoint));
    return new WorkloadSighting(
        newest.id(),
        newest.incarnation(),
        declared
            .flatMap(Declaration::kind)
            .or(
                () ->
                    first(
                        current,
                        one -> Optional.of(one.kind()).filter(k -> k != WorkloadKind.UNKNOWN)))
            .orElse(WorkloadKind.UNKNOWN),
        declared
            .flatMap(Declaration::owner)
            .or(() -> first(current, one -> text(one.owner())))
            .orElse(""),
        declared
            .flatMap(Declaration::group)
            .or(() -> first(current, one -> text(one.group())))
            .orElse(""),
        extent(current),
        protection(current),
        checkpoint,
        first(current, one -> text(one.foreignTo())).orElse(""));
  }

  /** What is not too old, the newest first; the newest of all where everything is. */
  private List<WorkloadSighting> current(long nowNanos) {
    if (bySource.size() == 1) {
      return List.of(bySource.firstEntry().getValue().sighting());
    }
    List<Map.Entry<SourceLog, Shown>> sorted = new ArrayList<>(bySource.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<SourceLog, Shown> e) -> e.getValue().atNanos())
            .reversed());
    List<WorkloadSighting> current =
        sorted.stream()
            .filter(entry -> !entry.getKey().tooOld(entry.getValue().atNanos(), nowNanos))
            .map(entry -> entry.getValue().sighting())
            .toList();
    return current.isEmpty() ? List.of(sorted.getFirst().getValue().sighting()) : current;
  }

  private static <T> Optional<T> first(
      List<WorkloadSighting> all, java.util.function.Function<WorkloadSighting, Optional<T>> part) {
    for (WorkloadSighting one : all) {
      Optional<T> found = part.apply(one);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  /** Everything that any source says belongs to it; unknown where one cannot tell. */
  private static Extent extent(List<WorkloadSighting> all) {
    if (all.size() == 1) {
      return all.getFirst().extent();
    }
    SortedSet<SubjectId> devices = new TreeSet<>();
    for (WorkloadSighting one : all) {
      switch (one.extent()) {
        case Extent.Known known -> devices.addAll(known.devices());
        case Extent.Unknown unknown -> {
          return unknown;
        }
      }
    }
    return new Extent.Known(devices);
  }

  private Protection protection(Collection<WorkloadSighting> all) {
    for (WorkloadSighting one : all) {
      if (one.protection().isProtected()) {
        return one.protection();
      }
    }
    return declared.filter(Declaration::protect).isPresent()
        ? Protection.because("it declared itself protected; that holds until it ends")
        : Protection.none();
  }
}
