package dev.reeve.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of now of one metric, read by whoever collects. Unlike a gauge that is set, a series
 * that is gone is gone.
 *
 * <p>Threads: any.
 */
final class GaugeTable {
  private volatile Map<Attributes, Double> values = new ConcurrentHashMap<>();

  void set(Attributes attributes, double value) {
    values.put(attributes, value);
  }

  void replace(Map<Attributes, Double> all) {
    values = new ConcurrentHashMap<>(all);
  }

  void observe(ObservableDoubleMeasurement measurement) {
    values.forEach((attributes, value) -> measurement.record(value, attributes));
  }
}
