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
  private final List<Place> places = new ArrayList<>(1);
  private final Cost cost;
  private final Windows windows = new Windows(this::made);

  /**
   * @param claimed every device that any source says it holds
   */
  Tenant(
      Survey survey,
      SubjectId id,
      Sighted sighted,
      WorkloadSighting sighting,
      SortedSet<SubjectId> claimed) {
    this.survey = survey;
    this.id = id;
    this.sighted = sighted;
    this.sighting = sighting;
    this.claimed = claimed;
    this.extent = extent(sighting.extent());
    devices().forEach(device -> places.add(survey.place(device)));
    this.cost = priced();
  }

  /** What its platform says that it has, and what anybody says that it holds. */
  private Extent extent(Extent shown) {
    if (!seen()) {
      return new Extent.Unknown(
          "its platform has not shown it for " + Words.time(survey.now() - sighted.newest()));
    }
    return switch (shown) {
      case Extent.Unknown unknown -> unknown;
      case Extent.Known known when known.devices().containsAll(claimed) -> known;
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

  /** Those of its extent; where that is not known, those that it is said to hold. */
  private SortedSet<SubjectId> devices() {
    return extent instanceof Extent.Known known ? known.devices() : claimed;
  }

  Cost cost() {
    return cost;
  }

  private Cost priced() {
    return switch (extent) {
      case Extent.Unknown unknown ->
          new Cost.Unknown("its extent is not known: " + unknown.reason());
      case Extent.Known _ -> Costs.sum(places);
    };
  }

  Window window(Signal signal, Duration span) {
    return windows.of(signal, span);
  }

  private Window made(Signal signal, Duration span) {
    return switch (extent) {
      case Extent.Unknown unknown -> new Window.Unknown(Reason.EXTENT_UNKNOWN, unknown.reason());
      case Extent.Known _ -> {
        if (signal == Signal.COST_RATE) {
          yield Costs.window(cost, span);
        }
        yield ofDevices(signal)
            ? folded(signal, span)
            : sighted.measured().window(signal, span.toNanos(), survey.now());
      }
    };
  }

  private static boolean ofDevices(Signal signal) {
    return signal.text().startsWith("gpu.");
  }

  private Window folded(Signal signal, Duration span) {
    List<MemberFold.Member> members = new ArrayList<>(places.size());
    for (Place place : places) {
      Optional<Window.Unknown> whyNot = place.whyNotHeld(id, span);
      if (whyNot.isPresent()) {
        return whyNot.get();
      }
      members.add(new MemberFold.Member(place.id(), place.window(signal, span)));
    }
    return MemberFold.fold(signal.fold(), members);
  }

  /** Why its devices are not surely its own; empty where they are. */
  Optional<String> unsure() {
    if (extent instanceof Extent.Unknown unknown) {
      return Optional.of(unknown.reason());
    }
    Optional<String> beyond = beyond();
    for (int i = 0; beyond.isEmpty() && i < places.size(); i++) {
      beyond = places.get(i).unsure(id);
    }
    return beyond;
  }

  /** Why it is more than its platform says: it is said to hold a device that is not there. */
  private Optional<String> beyond() {
    for (SubjectId device : claimed) {
      if (!(sighting.extent() instanceof Extent.Known own) || !own.devices().contains(device)) {
        return Optional.of(device.key() + ": it is said to hold it, but its platform is silent");
      }
    }
    return Optional.empty();
  }

  /** Signs of sickness on any of its devices; empty text where none shows one. */
  String sick() {
    List<String> words = new ArrayList<>();
    for (Place place : places) {
      place.sick().ifPresent(signs -> words.add(place.id().key() + ": " + signs));
    }
    return String.join("; ", words);
  }

  /** Whether a signal was ever seen, on itself or on any of its devices. */
  boolean sees(Signal signal) {
    if (!ofDevices(signal)) {
      return sighted.measured().has(signal);
    }
    for (Place place : places) {
      if (place.sees(signal)) {
        return true;
      }
    }
    return false;
  }

  /** The one model of all of its GPUs; empty where there are several, or one is not known. */
  String gpuModel() {
    if (extent instanceof Extent.Unknown) {
      return "";
    }
    SortedSet<String> models = new TreeSet<>();
    places.forEach(place -> models.add(place.listed().map(gpu -> gpu.device().model()).orElse("")));
    return models.size() == 1 ? models.getFirst() : "";
  }
}
