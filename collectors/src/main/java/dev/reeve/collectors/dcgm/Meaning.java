package dev.reeve.collectors.dcgm;

import dev.reeve.model.Device;
import java.util.Optional;

/// What a series stands for, found out once when it first appears.
sealed interface Meaning {
  /// Not DCGM's, or of no one device.
  record Nothing() implements Meaning {}

  /// A field that is understood, but the series doesn't say of which device.
  record Nameless() implements Meaning {}

  /// Something of a device that no rule asks for: it shows that the device is there.
  record Presence(Device device, Hint hint) implements Meaning {}

  /// A reading of a device.
  ///
  /// @param dialect the scale of utilizations in the release that the driver-version label belongs
  ///   to
  record Reading(String metric, Field field, Device device, Hint hint, Optional<Scale> dialect)
      implements Meaning {}
}
