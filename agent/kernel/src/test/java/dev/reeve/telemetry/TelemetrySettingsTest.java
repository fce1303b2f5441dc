package dev.reeve.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetrySettingsTest {
  @Test
  void nothingIsSentUnlessTheEnvironmentSaysWhere() {
    assertEquals("none", exporter(Map.of(), "metrics"));
    assertEquals("none", exporter(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "), "traces"));
  }

  @Test
  void oneEndpointIsEnoughForAll() {
    var environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317");
    assertEquals("otlp", exporter(environment, "metrics"));
    assertEquals("otlp", exporter(environment, "traces"));
  }

  @Test
  void endpointOfOneSignalSendsThatOneOnly() {
    var environment = Map.of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://collector:4317");
    assertEquals("otlp", exporter(environment, "metrics"));
    assertEquals("none", exporter(environment, "traces"));
  }

  @Test
  void exporterThatIsNamedIsUsedWithoutAnEndpoint() {
    assertEquals("otlp", exporter(Map.of("OTEL_METRICS_EXPORTER", "otlp"), "metrics"));
  }

  @Test
  void serviceIsCalledReeveUnlessNamedOtherwise() {
    assertEquals("reeve", TelemetryTest.settings(Map.of()).defaults().get("otel.service.name"));
    assertEquals(
        "mine",
        TelemetryTest.settings(Map.of("OTEL_SERVICE_NAME", "mine"))
            .defaults()
            .get("otel.service.name"));
  }

  @Test
  void pageIsServedAlsoWhenTheSdkIsDisabled() {
    assertServes(Map.of("OTEL_SDK_DISABLED", "true", "OTEL_METRICS_EXPORTER", "otlp"), "");
  }

  @Test
  void wrongVariablesAreReportedAndDoNotStopTheDaemon() {
    assertServes(Map.of("OTEL_METRICS_EXPORTER", "carrier-pigeon"), "carrier-pigeon");
  }

  private static void assertServes(Map<String, String> environment, String problem) {
    try (Telemetry telemetry = Telemetry.open(TelemetryTest.settings(environment))) {
      String page = new String(telemetry.scrape("").bytes(), StandardCharsets.UTF_8);
      assertTrue(page.contains("reeve_build_info{version=\"0.1.0\"} 1"), page);
      assertTrue(telemetry.problem().contains(problem), telemetry.problem());
      assertEquals(problem.isEmpty(), telemetry.problem().isEmpty());
    }
  }

  private static String exporter(Map<String, String> environment, String signal) {
    return TelemetryTest.settings(environment)
        .defaults()
        .getOrDefault("otel." + signal + ".exporter", "");
  }
}
