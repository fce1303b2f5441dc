package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;
import java.util.HashMap;
import java.util.Map;

/** Says what a device costs in an hour. Asked once per device and snapshot; must not block. */
@FunctionalInterface
public interface Pricing {
  /** Known with its source, or unknown with what to configure. Never a guess. */
  Cost price(Device device);

  /** Asks once for each device: for what looks at the past, where no price changes meanwhile. */
  static Pricing remembered(Pricing asked) {
    Map<Device, Cost> known = new HashMap<>();
    return device -> known.computeIfAbsent(device, asked::price);
  }
}
