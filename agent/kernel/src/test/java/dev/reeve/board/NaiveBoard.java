package dev.reeve.board;

import dev.reeve.model.Extent;
import dev.reeve.model.Fold;
import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What one source of readings and one of holdings let us know of a workload, recomputed from all
 * that they ever said.
 */
final class NaiveBoard {
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<SubjectId, NaiveRing> rings = new HashMap<>();
  private final List<Observation> holdings = new ArrayList<>();

  void readings(Observation observation, Signal signal) {
    observation.samples().stream()
        .filter(sample -> sample.signal() == signal)
        .forEach(
            sample ->
                rings
                    .computeIfAbsent(sample.subject(), _ -> new NaiveRing(signal.counter()))
                    .take(observation.atNanos(), sample.value(), observation.interval().toNanos()));
  }

  void holdings(Observation observation) {
    if (holdings.isEmpty() || observation.atNanos() > holdings.getLast().atNanos()) {
      holdings.add(observation);
    }
  }

  /** The reason, or the window where there is none. */
  Window window(WorkloadSighting workload, Signal signal, long span, long now) {
    SubjectId id = workload.subject();
    long interval = holdings.getLast().interval().toNanos();
    if (now - holdings.getLast().atNanos() > 3 * interval) {
      return new Window.Unknown(Reason.EXTENT_UNKNOWN, "");
    }
    NavigableSet<SubjectId> devices = new TreeSet<>();
    devices.addAll(((Extent.Known) workload.extent()).devices());
    rings.keySet().stream().filter(device -> since(device, id, now) != NEVER).forEach(devices::add);
    List<Window.Known> members = new ArrayList<>();
    Optional<Reason> missing = Optional.empty();
    for (SubjectId device : devices) {
      Optional<Reason> whyNot = whyNotHeld(device, id, now - span, now);
      if (whyNot.isPresent()) {
        return new Window.Unknown(whyNot.get(), "");
      }
      switch (rings.get(device).window(span, now)) {
        case Window.Known known -> members.add(known);
        case Window.Counted _ -> throw new AssertionError("no histogram is read");
        case Window.Unknown _ -> missing = Optional.of(Reason.MEMBER_MISSING);
      }
    }
    return missing.isPresent()
        ? new Window.Unknown(missing.get(), "")
        : fold(members, signal.fold());
  }

  private Optional<Reason> whyNotHeld(SubjectId device, SubjectId id, long start, long now) {
    long since = since(device, id, now);
    if (since == NEVER) {
      return Optional.of(Reason.CLAIM_UNSURE);
    }
    if (since <= start) {
      return Optional.empty();
    }
    return Optional.of(otherUntil(device, id) > start ? Reason.CHANGED_HANDS : Reason.TOO_YOUNG);
  }

  /** When the claim that still stands began. */
  private long since(SubjectId device, SubjectId id, long now) {
    long since = NEVER;
    long said = NEVER;
    for (Observation observation : holdings) {
      Optional<Holding.Answer> answer = answer(observation, device);
      if (said != NEVER && observation.atNanos() - said > 3 * observation.interval().toNanos()) {
        since = NEVER;
      }
      if (answer.isPresent() && answer.get() instanceof Holding.HeldBy held) {
        boolean mine = held.workloads().contains(id);
        since = mine ? (since == NEVER ? observation.atNanos() : since) : NEVER;
        said = mine ? observation.atNanos() : said;
      } else if (answer.isPresent() && answer.get() instanceof Holding.Nobody) {
        since = NEVER;
      }
    }
    long limit = 3 * holdings.getLast().interval().toNanos();
    return said != NEVER && now - said > limit ? NEVER : since;
  }

  /** When the last claim of somebody else ended. */
  private long otherUntil(SubjectId device, SubjectId id) {
    long until = NEVER;
    Map<SubjectId, Long> open = new HashMap<>();
    for (Observation observation : holdings) {
      long at = observation.atNanos();
      for (Map.Entry<SubjectId, Long> one : List.copyOf(open.entrySet())) {
        if (at - one.getValue() > 3 * observation.interval().toNanos()) {
          until = Math.max(until, one.getValue());
          open.remove(one.getKey());
        }
      }
      Optional<Holding.Answer> answer = answer(observation, device);
      if (answer.isEmpty() || answer.get() instanceof Holding.Unsure) {
        continue;
      }
      List<SubjectId> held = answer.get() instanceof Holding.HeldBy by ? by.workloads() : List.of();
      for (SubjectId one : List.copyOf(open.keySet())) {
        if (!held.contains(one)) {
          until = Math.max(until, at);
          open.remove(one);
        }
      }
      held.stream().filter(one -> !one.equals(id)).forEach(one -> open.put(one, at));
    }
    return until;
  }

  private static Optional<Holding.Answer> answer(Observation observation, SubjectId device) {
    return observation.holdings().stream()
        .filter(holding -> holding.device().equals(device))
        .map(Holding::answer)
        .findFirst();
  }

  private static Window fold(List<Window.Known> members, Fold fold) {
    double least = fold == Fold.SUM ? 0 : Double.POSITIVE_INFINITY;
    double most = fold == Fold.SUM ? 0 : Double.NEGATIVE_INFINITY;
    double last = most;
    double mean = 0;
    double weight = 0;
    double coverage = 1;
    Duration age = Duration.ZERO;
    for (Window.Known member : members) {
      least = fold == Fold.SUM ? least + member.min() : Math.min(least, member.min());
      most = fold == Fold.SUM ? most + member.max() : Math.max(most, member.max());
      last = fold == Fold.SUM ? last + member.last() : Math.max(last, member.last());
      double share = fold == Fold.SUM ? 1 : member.coverage();
      mean += member.mean() * share;
      weight += share;
      coverage = Math.min(coverage, member.coverage());
      age = age.compareTo(member.newestAge()) > 0 ? age : member.newestAge();
    }
    mean = fold == Fold.SUM ? mean : mean / weight;
    return new Window.Known(members.getFirst().span(), least, most, mean, last, 0, coverage, age);
  }
}
