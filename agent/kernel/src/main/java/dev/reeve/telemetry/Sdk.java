package dev.reeve.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The SDK of this process.
 *
 * @param problem why nothing is sent although the environment asks for it; empty text if all is
 *     well
 */
record Sdk(OpenTelemetrySdk openTelemetry, String problem) implements AutoCloseable {
  private static final int SECONDS_TO_FLUSH = 2;

  /** What tests add: readers and processors beside those of the environment. */
  record Extras(List<MetricReader> readers, List<SpanProcessor> processors) {
    static final Extras NONE = new Extras(List.of(), List.of());

    SdkMeterProviderBuilder addTo(SdkMeterProviderBuilder meters) {
      readers.forEach(meters::registerMetricReader);
      return meters;
    }

    SdkTracerProviderBuilder addTo(SdkTracerProviderBuilder traces) {
      processors.forEach(traces::addSpanProcessor);
      return traces.setIdGenerator(TraceIds.Generator.INSTANCE);
    }
  }

  /**
   * Telemetry that is set up wrongly must not keep a daemon from watching: it runs with its page
   * alone then, and says so.
   */
  static Sdk open(TelemetrySettings settings, Extras extras) {
    if (settings.disabled()) {
      return new Sdk(pageAlone(settings, extras), "");
    }
    try {
      return new Sdk(configured(settings, extras), "");
    } catch (ConfigurationException | IllegalArgumentException e) {
      return new Sdk(
          pageAlone(settings, extras),
          "nothing is sent by OTLP, because the OTEL_ variables cannot be used: " + e.getMessage());
    }
  }

  private static OpenTelemetrySdk configured(TelemetrySettings settings, Extras extras) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(settings::defaults)
        .addResourceCustomizer((resource, _) -> about(settings).merge(resource))
        .addMeterProviderCustomizer((meters, _) -> extras.addTo(meters))
        .addTracerProviderCustomizer((traces, _) -> extras.addTo(traces))
        .build()
        .getOpenTelemetrySdk();
  }

  private static OpenTelemetrySdk pageAlone(TelemetrySettings settings, Extras extras) {
    SdkMeterProvider meters =
        extras.addTo(SdkMeterProvider.builder().setResource(about(settings))).build();
    return OpenTelemetrySdk.builder().setMeterProvider(meters).build();
  }

  private static Resource about(TelemetrySettings settings) {
    return Resource.create(
        Attributes.builder()
            .put("service.version", settings.version())
            .put("service.instance.id", settings.instance())
            .build());
  }

  OpenTelemetry api() {
    return openTelemetry;
  }

  /** Sends what is left, for a bounded time. */
  @Override
  public void close() {
    openTelemetry.shutdown().join(SECONDS_TO_FLUSH, TimeUnit.SECONDS);
  }
}
