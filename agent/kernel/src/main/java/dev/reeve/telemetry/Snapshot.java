package dev.reeve.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One metric of the SDK in the words of Prometheus' client. */
record Snapshot(Instrument instrument, MetricData metric) {
  private static final String TOTAL = "_total";
  private static final String INFO = "_info";

  MetricSnapshot build() {
    return switch (instrument.kind()) {
      case COUNTER, OBSERVED_COUNTER -> counter();
      case GAUGE, UP_DOWN_COUNTER -> gauge();
      case INFO -> info();
      case HISTOGRAM -> histogram();
    };
  }

  private MetricSnapshot counter() {
    CounterSnapshot.Builder out =
        CounterSnapshot.builder().name(without(TOTAL)).help(instrument.help());
    for (DoublePointData point : points()) {
      out.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .value(point.getValue())
              .labels(labels(point.getAttributes()))
              .build());
    }
    return out.build();
  }

  private MetricSnapshot gauge() {
    GaugeSnapshot.Builder out =
        GaugeSnapshot.builder().name(instrument.prometheus()).help(instrument.help());
    for (DoublePointData point : points()) {
      out.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .value(point.getValue())
              .labels(labels(point.getAttributes()))
              .build());
    }
    return out.build();
  }

  private MetricSnapshot info() {
    InfoSnapshot.Builder out = InfoSnapshot.builder().name(without(INFO)).help(instrument.help());
    for (DoublePointData point : points()) {
      out.dataPoint(
          InfoSnapshot.InfoDataPointSnapshot.builder()
              .labels(labels(point.getAttributes()))
              .build());
    }
    return out.build();
  }

  private MetricSnapshot histogram() {
    HistogramSnapshot.Builder out =
        HistogramSnapshot.builder().name(instrument.prometheus()).help(instrument.help());
    for (HistogramPointData point : metric.getHistogramData().getPoints()) {
      List<Double> bounds = new ArrayList<>(point.getBoundaries());
      bounds.add(Double.POSITIVE_INFINITY);
      out.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, point.getCounts()))
              .sum(point.getSum())
              .labels(labels(point.getAttributes()))
              .build());
    }
    return out.build();
  }

  /** All of our numbers are doubles; which of the two lists they stand in depends on the kind. */
  private Collection<DoublePointData> points() {
    return switch (instrument.kind()) {
      case GAUGE, INFO -> metric.getDoubleGaugeData().getPoints();
      case COUNTER, OBSERVED_COUNTER, UP_DOWN_COUNTER -> metric.getDoubleSumData().getPoints();
      case HISTOGRAM -> throw new IllegalStateException("a histogram has no plain points");
    };
  }

  /** The client puts these endings back itself. */
  private String without(String ending) {
    String name = instrument.prometheus();
    return name.substring(0, name.length() - ending.length());
  }

  private static io.prometheus.metrics.model.snapshots.Labels labels(Attributes attributes) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    attributes.forEach(
        (key, value) -> {
          names.add(MetricName.label(key.getKey()));
          values.add(String.valueOf(value));
        });
    return io.prometheus.metrics.model.snapshots.Labels.of(names, values);
  }
}
