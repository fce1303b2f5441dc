package dev.reeve.config;

/** Keys below {@code telemetry}. */
public record TelemetryConfig(Otlp otlp) {
  /** When metrics and traces are sent. */
  public enum Otlp {
    /** Where the variables of OpenTelemetry name a receiver. */
    AUTO,
    OFF
  }

  static TelemetryConfig read(Section section) {
    section.about(
        "otlp",
        "`auto` sends metrics and traces where the variable `OTEL_EXPORTER_OTLP_ENDPOINT` names a"
            + " receiver");
    return new TelemetryConfig(section.oneOf("otlp", Otlp.class, Otlp.AUTO));
  }
}
