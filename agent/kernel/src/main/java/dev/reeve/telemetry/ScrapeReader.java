package dev.reeve.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the SDK's own numbers whenever somebody scrapes, so that the page and OTLP never disagree.
 *
 * <p>OpenTelemetry's exporter for Prometheus does the same, but it lags behind the SDK, brings a
 * second web server, and spells {@code *.info} and ratios otherwise than the OTLP receivers do.
 */
final class ScrapeReader implements MetricReader {
  private static final Map<String, Instrument> BY_NAME =
      Stream.of(Instrument.values())
          .collect(Collectors.toUnmodifiableMap(Instrument::text, Function.identity()));
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private volatile CollectionRegistration source = CollectionRegistration.noop();

  @Override
  public void register(CollectionRegistration registration) {
    source = registration;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return AggregationTemporality.CUMULATIVE;
  }

  /** The page, in the format that the header {@code Accept} asks for. */
  Exposition scrape(String accept) {
    ExpositionFormatWriter writer =
        accept.contains(OPEN_METRICS)
            ? OpenMetricsTextFormatWriter.create()
            : PrometheusTextFormatWriter.create();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, snapshots(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return new Exposition(writer.getContentType(), out.toByteArray());
  }

  private MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    source.collectAllMetrics().stream()
        .filter(metric -> metric.getInstrumentationScopeInfo().getName().equals(Telemetry.SCOPE))
        .map(ScrapeReader::snapshot)
        .flatMap(Optional::stream)
        .forEach(all::metricSnapshot);
    return all.build();
  }

  private static Optional<MetricSnapshot> snapshot(MetricData metric) {
    Instrument instrument = BY_NAME.get(metric.getName());
    return instrument == null
        ? Optional.empty()
        : Optional.of(new Snapshot(instrument, metric).build());
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    source = CollectionRegistration.noop();
    return CompletableResultCode.ofSuccess();
  }
}
