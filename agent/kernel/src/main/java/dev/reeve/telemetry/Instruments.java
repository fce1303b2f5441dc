package dev.reeve.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All instruments, made once of one meter. */
final class Instruments {
  private static final List<Double> SECONDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  private final Map<Instrument, DoubleCounter> counters = new EnumMap<>(Instrument.class);
  private final Map<Instrument, DoubleHistogram> histograms = new EnumMap<>(Instrument.class);
  private final Map<Instrument, GaugeTable> gauges = new EnumMap<>(Instrument.class);

  Instruments(Meter meter) {
    for (Instrument instrument : Instrument.values()) {
      make(meter, instrument);
    }
  }

  private void make(Meter meter, Instrument of) {
    switch (of.kind()) {
      case COUNTER ->
          counters.put(
              of,
              meter
                  .counterBuilder(of.text())
                  .ofDoubles()
                  .setUnit(of.unit())
                  .setDescription(of.help())
                  .build());
      case HISTOGRAM ->
          histograms.put(
              of,
              meter
                  .histogramBuilder(of.text())
                  .setUnit(of.unit())
                  .setDescription(of.help())
                  .setExplicitBucketBoundariesAdvice(SECONDS)
                  .build());
      case GAUGE, INFO ->
          meter
              .gaugeBuilder(of.text())
              .setUnit(of.unit())
              .setDescription(of.help())
              .buildWithCallback(table(of)::observe);
      case UP_DOWN_COUNTER ->
          meter
              .upDownCounterBuilder(of.text())
              .ofDoubles()
              .setUnit(of.unit())
              .setDescription(of.help())
              .buildWithCallback(table(of)::observe);
      case OBSERVED_COUNTER ->
          meter
              .counterBuilder(of.text())
              .ofDoubles()
              .setUnit(of.unit())
              .setDescription(of.help())
              .buildWithCallback(table(of)::observe);
    }
  }

  private GaugeTable table(Instrument of) {
    return gauges.computeIfAbsent(of, _ -> new GaugeTable());
  }

  /** Adds to a counter; the values are those of its labels, in their order. */
  void add(Instrument to, double amount, String... values) {
    counter(to).add(amount, attributes(to, values));
  }

  void record(Instrument to, double value, String... values) {
    DoubleHistogram histogram = histograms.get(to);
    if (histogram == null) {
      throw new IllegalArgumentException(to + " is no histogram");
    }
    histogram.record(value, attributes(to, values));
  }

  void set(Instrument to, double value, String... values) {
    gauge(to).set(attributes(to, values), value);
  }

  /** Replaces all series of a gauge. */
  void replace(Instrument to, Map<Attributes, Double> all) {
    gauge(to).replace(all);
  }

  static Attributes attributes(Instrument of, String... values) {
    if (values.length != of.labels().size()) {
      throw new IllegalArgumentException(of + " has the labels " + of.labels());
    }
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 0; i < values.length; i++) {
      attributes.put(of.labels().get(i), values[i]);
    }
    return attributes.build();
  }

  private DoubleCounter counter(Instrument of) {
    DoubleCounter counter = counters.get(of);
    if (counter == null) {
      throw new IllegalArgumentException(of + " is no counter");
    }
    return counter;
  }

  private GaugeTable gauge(Instrument of) {
    GaugeTable gauge = gauges.get(of);
    if (gauge == null) {
      throw new IllegalArgumentException(of + " is no gauge");
    }
    return gauge;
  }
}
