package dev.reeve.platform.node;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What nvidia-smi says of one GPU.
 *
 * @param uuid of the board
 * @param readings by column, in the unit of its heading; a column without a value is not here
 * @param divided whether it is divided into MIG instances
 */
public record GpuRow(
    String uuid,
    String name,
    String index,
    String pciBusId,
    boolean divided,
    SortedMap<String, Double> readings) {
  public GpuRow {
    readings = Collections.unmodifiableSortedMap(new TreeMap<>(readings));
  }

  public OptionalDouble reading(String column) {
    Double value = readings.get(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
