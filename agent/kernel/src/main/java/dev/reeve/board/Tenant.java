package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Extent;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import dev.reeve.model.WorkloadSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One workload's incarnation at the instant of a survey. */
final class Tenant {
  private final Survey survey;
  private final Sighted sighted;
  private final WorkloadSighting sighting;
  private final SubjectId id;
  private final SortedSet<SubjectId> claimed;
  private final Extent extent;

  /**
   * @param claimed every device that any source says it holds
   */
  Tenant(Survey survey, Sighted sighted, WorkloadSighting sighting, SortedSet<SubjectId> claimed) {
    this.survey = survey;
    this.sighted = sighted;
    this.sighting = sighting;
    this.id = sighting.subject();
    this.claimed = claimed;
    this.extent = extent(sighting.extent());
  }

  /** What its platform says that it has, and what anybody says that it holds. */
  private Extent extent(Extent shown) {
    if (!seen()) {
      return new Extent.Unknown(
          "its platform has not shown it for " + Words.time(survey.now() - sighted.newest()));
    }
    return switch (shown) {
      case Extent.Unknown unknown -> unknown;
      case Extent.Known known -> {
        SortedSet<SubjectId> all = new TreeSet<>(known.devices());
        all.addAll(claimed);
        yield new Extent.Known(all);
      }
    };
  }

  boolean seen() {
    return sighted.now(survey.now());
  }

  Sighted sighted() {
    return sighted;
  }

  WorkloadSighting sighting() {
    return sighting;
  }

  Extent extent() {
    return extent;
  }

  Cost cost() {
    return switch (extent) {
      case Extent.Unknown unknown ->
          new Cost.Unknown("its extent is not known: " + unknown.reason());
      case Extent.Known known -> survey.sum(known.devices());
    };
  }

  Window window(Signal signal, Duration span) {
    return switch (extent) {
      case Extent.Unknown unknown -> new Window.Unknown(Reason.EXTENT_UNKNOWN, unknown.reason());
      case Extent.Known known -> {
        if (signal == Signal.COST_RATE) {
          yield Costs.window(cost(), span);
        }
        yield ofDevices(signal)
            ? folded(known.devices(), signal, span)
            : sighted.measured().window(signal, span.toNanos(), survey.now());
      }
    };
  }

  private static boolean ofDevices(Signal signal) {
    return signal.text().startsWith("gpu.");
  }

  private Window folded(SortedSet<SubjectId> devices, Signal signal, Duration span) {
    List<MemberFold.Member> members = new ArrayList<>(devices.size());
    for (SubjectId device : devices) {
      Optional<Window.Unknown> whyNot = whyNotHeld(device, span);
      if (whyNot.isPresent()) {
        return whyNot.get();
      }
      members.add(new MemberFold.Member(device, member(device, signal, span)));
    }
    return MemberFold.fold(signal.fold(), members);
  }

  private Optional<Window.Unknown> whyNotHeld(SubjectId device, Duration span) {
    Optional<DeviceClaims> claims = survey.claims(device);
    return claims.isEmpty()
        ? Optional.of(
            new Window.Unknown(Reason.CLAIM_UNSURE, device.key() + ": no source says who holds it"))
        : claims.get().whyNotHeld(id, span.toNanos(), survey.now());
  }

  private Window member(SubjectId device, Signal signal, Duration span) {
    return survey
        .device(device)
        .map(listed -> listed.measured().window(signal, span.toNanos(), survey.now()))
        .orElseGet(() -> new Window.Unknown(Reason.NEVER_SEEN, "no source lists this GPU"));
  }

  /** Why its devices are not surely its own; empty where they are. */
  Optional<String> unsure() {
    return switch (extent) {
      case Extent.Unknown unknown -> Optional.of(unknown.reason());
      case Extent.Known known ->
          beyond()
              .map(device -> device.key() + ": it is said to hold it, but its platform is silent")
              .or(() -> unsure(known.devices()));
    };
  }

  /** A device that it is said to hold and does not have according to its platform. */
  private Optional<SubjectId> beyond() {
    SortedSet<SubjectId> beyond = new TreeSet<>(claimed);
    if (sighting.extent() instanceof Extent.Known own) {
      beyond.removeAll(own.devices());
    }
    return beyond.stream().findFirst();
  }

  private Optional<String> unsure(SortedSet<SubjectId> devices) {
    for (SubjectId device : devices) {
      Optional<DeviceClaims> claims = survey.claims(device);
      Optional<String> unsure =
          claims.isEmpty()
              ? Optional.of(device.key() + ": no source says who holds it")
              : claims.get().unsure(id, survey::foreignTo);
      if (unsure.isPresent()) {
        return unsure;
      }
    }
    return Optional.empty();
  }

  /** Those of its extent, or what anybody says that it holds where that is not known. */
  SortedSet<SubjectId> devices() {
    return extent instanceof Extent.Known known ? known.devices() : claimed;
  }

  /** Whether a signal was ever seen, on itself or on any of its devices. */
  boolean sees(Signal signal) {
    if (!ofDevices(signal)) {
      return sighted.measured().has(signal);
    }
    return devices().stream()
        .anyMatch(
            device ->
                survey.device(device).filter(listed -> listed.measured().has(signal)).isPresent());
  }
}
