package dev.reeve.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EpisodeTraceTest {
  private static final Instant FOUND = Instant.ofEpochSecond(1_700_000_000);

  private final InMemorySpanExporter sent = InMemorySpanExporter.create();

  @Test
  void spansBeforeAndAfterRestartAreOneTrace() {
    String journaled;
    List<SpanData> before;
    try (Telemetry first = telemetry(Map.of())) {
      EpisodeTrace trace = first.startTrace("idle-gpu/GPU-1", FOUND);
      trace.add(span("notice", 60, 61, false));
      journaled = trace.id();
      before = sent.getFinishedSpanItems();
    }
    InMemorySpanExporter later = InMemorySpanExporter.create();
    try (Telemetry second = telemetry(Map.of(), later)) {
      EpisodeTrace trace = second.resumeTrace(journaled, "idle-gpu/GPU-1", FOUND);
      trace.add(span("step", 3_600, 3_605, true));
      trace.close(FOUND.plusSeconds(3_610), "failed", true);

      List<SpanData> after = later.getFinishedSpanItems();
      SpanData root = after.getLast();
      assertEquals("episode", root.getName());
      assertEquals(SpanId.getInvalid(), root.getParentSpanId());
      assertEquals(1_700_000_000_000_000_000L, root.getStartEpochNanos());
      assertEquals(1_700_003_610_000_000_000L, root.getEndEpochNanos());
      assertEquals(StatusCode.ERROR, root.getStatus().getStatusCode());
      for (SpanData child : List.of(before.getFirst(), after.getFirst())) {
        assertEquals(root.getTraceId(), child.getTraceId());
        assertEquals(root.getSpanId(), child.getParentSpanId());
      }
      assertEquals(trace.traceId(), root.getTraceId());
    }
  }

  @Test
  void spansKeepTheTimesThatTheyWereGiven() {
    try (Telemetry telemetry = telemetry(Map.of())) {
      telemetry.startTrace("e", FOUND).add(span("verdict", 5, 7, false));

      SpanData span = sent.getFinishedSpanItems().getFirst();
      assertEquals(1_700_000_005_000_000_000L, span.getStartEpochNanos());
      assertEquals(1_700_000_007_000_000_000L, span.getEndEpochNanos());
      assertEquals("notice", span.getAttributes().asMap().values().iterator().next());
    }
  }

  @Test
  void everyEpisodeHasItsOwnTrace() {
    try (Telemetry telemetry = telemetry(Map.of())) {
      assertNotEquals(
          telemetry.startTrace("a", FOUND).traceId(), telemetry.startTrace("b", FOUND).traceId());
    }
  }

  @Test
  void unreadableIdStartsAnotherTrace() {
    try (Telemetry telemetry = telemetry(Map.of())) {
      for (String broken : List.of("", "-", "xyz", "0".repeat(32) + "-" + "0".repeat(16))) {
        EpisodeTrace trace = telemetry.resumeTrace(broken, "e", FOUND);
        assertEquals(32, trace.traceId().length());
        assertNotEquals("0".repeat(32), trace.traceId());
      }
    }
  }

  @Test
  void disabledSdkSendsNoSpanAndStillNamesTraces() {
    try (Telemetry telemetry = telemetry(Map.of("OTEL_SDK_DISABLED", "true"))) {
      EpisodeTrace trace = telemetry.startTrace("e", FOUND);
      trace.add(span("verdict", 5, 7, false));
      trace.close(FOUND.plusSeconds(9), "verified", false);

      assertTrue(sent.getFinishedSpanItems().isEmpty());
      assertEquals(trace.id(), telemetry.resumeTrace(trace.id(), "e", FOUND).id());
    }
  }

  private Telemetry telemetry(Map<String, String> environment) {
    return telemetry(environment, sent);
  }

  private static Telemetry telemetry(Map<String, String> environment, InMemorySpanExporter to) {
    return new Telemetry(
        TelemetryTest.settings(environment),
        new Sdk.Extras(List.of(), List.of(SimpleSpanProcessor.create(to))));
  }

  private static TraceSpan span(String name, int from, int to, boolean failed) {
    return new TraceSpan(
        name,
        FOUND.plusSeconds(from),
        FOUND.plusSeconds(to),
        failed,
        new TreeMap<>(Map.of("guard", "notice")));
  }
}
