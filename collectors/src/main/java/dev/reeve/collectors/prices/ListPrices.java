package dev.reeve.collectors.prices;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.spi.PriceSource;

/**
 * List prices of clouds. One model's prices differ by a factor of six, so only the type of machine
 * makes one of them its price.
 */
record ListPrices(Offers offers, Machine machine) implements PriceSource {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public Cost price(Device device) {
    if (!machine.known()) {
      return new Cost.Unknown(
          "its price is not configured: say what you pay under prices.gpu or prices.file, or under"
              + " prices.list which provider, region and instance_type this machine is");
    }
    return switch (offers.price(device, machine)) {
      case Cost.Known known -> known;
      case Cost.Unknown _ ->
          new Cost.Unknown(
              "no list price of %s with this GPU is shipped: say what you pay under prices.gpu or prices.file"
                  .formatted(machine));
    };
  }

  @Override
  public String hint(Device device) {
    return offers.range(device);
  }
}
