package dev.reeve.board;

import dev.reeve.model.Cost;
import dev.reeve.model.Device;

/** Says what a device costs in an hour. Asked once per device and snapshot; must not block. */
@FunctionalInterface
public interface Pricing {
  /** Known with its source, or unknown with what to configure. Never a guess. */
  Cost price(Device device);
}
