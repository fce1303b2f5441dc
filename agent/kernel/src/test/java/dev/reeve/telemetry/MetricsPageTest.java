package dev.reeve.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/metrics.md");

  @Test
  void referencePageIsFresh() throws IOException {
    if (Boolean.getBoolean("reeve.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    assertEquals(
        page(),
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        "docs/metrics.md is stale: run this test with -Dreeve.write=true");
  }

  private static String page() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # Metrics

        <!-- generated from Instrument.java; run MetricsPageTest with -Dreeve.write=true -->

        The page `/metrics` and OTLP carry the same numbers of the same instruments. Scrapers get the text format of
        Prometheus, or OpenMetrics if they ask for it. OTLP is sent only where the standard `OTEL_*` variables say so, such as
        `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317` or `OTEL_METRICS_EXPORTER=otlp`; `OTEL_SDK_DISABLED=true` stops all
        sending and leaves the page. Datadog's own intake wants `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta`.

        A label has at most some hundred values; names beyond that share the value `other`. What is unknown is absent, never 0.

        | on the page | OpenTelemetry | unit | type | labels | meaning |
        |---|---|---|---|---|---|
        """);
    for (Instrument each : Instrument.values()) {
      out.append(row(each));
    }
    return out.append(
            """

            ## Traces

            Each episode is one trace. Its root span `episode` lasts from the finding to the outcome and is sent when the episode
            closes; below it are spans such as `notice`, `verdict` and `step`. The journal keeps the trace's id, so a daemon that was
            restarted continues it.
            """)
        .toString();
  }

  private static String row(Instrument each) {
    String labels =
        each.labels().stream()
            .map(label -> "`" + MetricName.label(label) + "`")
            .collect(Collectors.joining(" "));
    return "| `%s` | `%s` | %s | %s | %s | %s |\n"
        .formatted(
            each.prometheus(),
            each.text(),
            each.unit().isEmpty() ? "" : "`" + each.unit() + "`",
            each.kind().prometheus(),
            labels,
            each.help());
  }
}
