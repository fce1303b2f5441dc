package dev.reeve.spi;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;

/**
 * Says what a device costs in an hour. Sources are asked in order; the first that knows wins.
 *
 * <p>Threads: any; must not block.
 */
public interface PriceSource {
  String name();

  /** Known with source, date and market, or unknown with what to configure. Never a guess. */
  Cost price(Device device);

  /**
   * A hint for people where the price is unknown, such as a list range; empty where it has none.
   */
  default String hint(Device device) {
    return "";
  }
}
