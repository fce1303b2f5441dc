package dev.reeve.telemetry;

import java.util.OptionalDouble;

/**
 * What is known of one GPU now; what is unknown is absent on every page too, never zero.
 *
 * @param id its UUID
 * @param utilization 0 to 1
 * @param energyJoules since the driver was loaded
 */
public record GpuReading(
    String id,
    String model,
    OptionalDouble utilization,
    OptionalDouble memoryUsedBytes,
    OptionalDouble memoryBytes,
    OptionalDouble powerWatts,
    OptionalDouble energyJoules,
    OptionalDouble temperatureCelsius) {}
