package dev.reeve.collectors.prices;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import dev.reeve.spi.PriceSource;

/** The operator's own prices. */
record FilePrices(Offers offers, Machine machine) implements PriceSource {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public Cost price(Device device) {
    return offers.price(device, machine);
  }
}
