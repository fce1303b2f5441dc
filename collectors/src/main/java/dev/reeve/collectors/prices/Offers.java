package dev.reeve.collectors.prices;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The prices of one file.
 *
 * @param name of the file, for people
 */
record Offers(String name, List<Offer> offers) {
  Offers {
    offers = List.copyOf(offers);
  }

  /** The price that says most of this device and machine; unknown where two say as much. */
  Cost price(Device device, Machine here) {
    List<Offer> fitting = offers.stream().filter(offer -> offer.fits(device, here)).toList();
    int most = fitting.stream().mapToInt(Offer::precision).max().orElse(0);
    List<Offer> best = fitting.stream().filter(offer -> offer.precision() == most).toList();
    if (best.isEmpty()) {
      return new Cost.Unknown(missing(device, here));
    }
    Offer first = best.getFirst();
    for (Offer other : best) {
      if (!other.costsAsMuchAs(first)) {
        return new Cost.Unknown(
            "lines %d and %d of %s give two prices for it"
                .formatted(first.line(), other.line(), name));
      }
    }
    return first.cost();
  }

  /** What is listed for a model over all machines; empty where nothing is. */
  String range(Device device) {
    List<Offer> listed =
        offers.stream()
            .filter(offer -> offer.machine().market() == Market.ON_DEMAND)
            .filter(offer -> !offer.gpu().isEmpty() && GpuName.of(offer.gpu()).fits(device))
            .toList();
    SortedSet<String> currencies =
        listed.stream()
            .map(offer -> offer.perGpu().currency().getCurrencyCode())
            .collect(Collectors.toCollection(TreeSet::new));
    if (currencies.size() != 1) {
      return "";
    }
    List<BigDecimal> amounts =
        listed.stream().map(offer -> offer.perGpu().perHour().amount()).sorted().toList();
    String newest = listed.stream().map(Offer::date).max(String::compareTo).orElse("");
    String least = amounts.getFirst().setScale(1, RoundingMode.HALF_UP).toPlainString();
    String most = amounts.getLast().setScale(1, RoundingMode.HALF_UP).toPlainString();
    String prices =
        least.equals(most) ? "list price " + most : "list prices " + least + " to " + most;
    String month = newest.substring(0, Math.min(7, newest.length()));
    return "%s %s/h per GPU, on demand, %s".formatted(prices, currencies.getFirst(), month);
  }

  private String missing(Device device, Machine here) {
    String model = device.model().isEmpty() ? "a GPU without a model name" : device.model();
    if (device.mig()) {
      return "%s has no price for %s, profile %s: a slice needs one of its own"
          .formatted(name, model, device.migProfile());
    }
    for (Market other : Market.values()) {
      var there = new Machine(here.provider(), here.region(), here.instanceType(), other);
      if (offers.stream().anyMatch(offer -> offer.fits(device, there))) {
        return "%s has no %s price for %s, but a %s one: say market: %s"
            .formatted(name, here.market().text(), model, other.text(), other.text());
      }
    }
    return "%s has no %s price for %s".formatted(name, here.market().text(), model);
  }
}
