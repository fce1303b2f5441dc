package dev.reeve.collectors.prices;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.spi.PriceSource;

/** Prices by model that stand in the configuration. */
record GpuPrices(Offers offers, Machine machine) implements PriceSource {
  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public Cost price(Device device) {
    return switch (offers.price(device, machine)) {
      case Cost.Known known -> new Cost.Known(known.rate(), "configuration, prices.gpu");
      case Cost.Unknown unknown -> unknown;
    };
  }
}
