package dev.reeve.telemetry;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * @param version of the daemon
 * @param instance what tells this daemon from others, such as the host name
 * @param environment of the process; the standard {@code OTEL_*} variables configure what is sent
 * @param wall stamps for people
 */
public record TelemetrySettings(
    String version, String instance, Map<String, String> environment, InstantSource wall) {
  public TelemetrySettings {
    environment = Map.copyOf(environment);
  }

  /** By the OpenTelemetry standard nothing at all is sent then. */
  boolean disabled() {
    return environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true");
  }

  /**
   * What holds unless the environment says otherwise. The standard sends to localhost when nothing
   * is said; a daemon that nobody told to send stays silent.
   */
  Map<String, String> defaults() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("otel.service.name", "reeve");
    properties.put("otel.metrics.exporter", sends("METRICS"));
    properties.put("otel.traces.exporter", sends("TRACES"));
    properties.put("otel.logs.exporter", "none");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("OTEL_") && !value.isBlank()) {
            properties.put(name.toLowerCase(java.util.Locale.ROOT).replace('_', '.'), value);
          }
        });
    return properties;
  }

  private String sends(String signal) {
    return has("OTEL_EXPORTER_OTLP_ENDPOINT") || has("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT")
        ? "otlp"
        : "none";
  }

  private boolean has(String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }
}
