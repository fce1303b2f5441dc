package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.SubjectId;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prices of one snapshot: each device is asked for once. */
final class Costs {
  private final Pricing pricing;
  private final Map<SubjectId, Cost> asked = new HashMap<>();

  Costs(Pricing pricing) {
    this.pricing = pricing;
  }

  Cost price(Device device) {
    return asked.computeIfAbsent(device.id(), _ -> pricing.price(device));
  }

  /** What all devices cost together; unknown where one of them is. */
  static Cost sum(Collection<Place> gpus) {
    Optional<MoneyPerHour> total = Optional.empty();
    SortedSet<String> sources = new TreeSet<>();
    for (Place gpu : gpus) {
      switch (gpu.price()) {
        case Cost.Unknown unknown -> {
          return new Cost.Unknown(gpu.id().key() + ": " + unknown.reason());
        }
        case Cost.Known price -> {
          MoneyPerHour rate = price.rate();
          if (total.isPresent() && !total.get().currency().equals(rate.currency())) {
            return new Cost.Unknown(
                "its GPUs are priced in %s and %s; give all prices in one currency"
                    .formatted(total.get().currency(), rate.currency()));
          }
          total = Optional.of(total.map(sum -> sum.plus(rate)).orElse(rate));
          sources.add(price.source());
        }
      }
    }
    return total
        .<Cost>map(rate -> new Cost.Known(rate, String.join("; ", sources)))
        .orElseGet(() -> new Cost.Unknown("it has no GPU"));
  }

  /** A price is the same at every instant of a span. */
  static Window window(Cost cost, Duration span) {
    return switch (cost) {
      case Cost.Unknown unknown ->
          new Window.Unknown(Reason.NEVER_SEEN, "its cost is not known: " + unknown.reason());
      case Cost.Known known -> {
        double rate = known.rate().perHour().amount().doubleValue();
        yield new Window.Known(span, rate, rate, rate, rate, 0, 1, Duration.ZERO);
      }
    };
  }
}
