package dev.reeve.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.guard.Mode;
import dev.reeve.model.EpisodeState;
import dev.reeve.model.Money;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.SubjectKind;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final InMemoryMetricReader otlp = InMemoryMetricReader.create();
  private final Telemetry telemetry =
      new Telemetry(settings(Map.of()), new Sdk.Extras(List.of(otlp), List.of()));

  static TelemetrySettings settings(Map<String, String> environment) {
    return new TelemetrySettings(
        "0.1.0", "node-1", environment, () -> Instant.ofEpochSecond(1_700_000_000));
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void pageAndOtlpAgreeOnEveryNumber() {
    useEverything(telemetry);

    assertEquals(sentNumbers(), shownNumbers());
  }

  @Test
  void everyInstrumentIsShownOnceItWasUsed() {
    useEverything(telemetry);

    String page = page();
    for (Instrument instrument : Instrument.values()) {
      assertTrue(
          page.contains("# HELP " + instrument.prometheus() + " " + instrument.help()),
          instrument + " is missing");
    }
  }

  @Test
  void scrapingTwiceCountsNothingTwice() {
    telemetry.collectorRan("dcgm:a", Duration.ofMillis(5), "ok");
    page();
    otlp.collectAllMetrics();
    page();

    assertTrue(
        page().contains("reeve_collector_runs_total{collector=\"dcgm:a\",outcome=\"ok\"} 1.0\n"));
  }

  @Test
  void whatIsUnknownOfGpuIsAbsentAndNotZero() {
    telemetry.gpus(List.of(gpu("GPU-1", OptionalDouble.of(0.25), OptionalDouble.empty())));

    assertTrue(
        page().contains("hw_gpu_utilization_ratio{hw_id=\"GPU-1\",hw_model=\"H100\"} 0.25\n"));
    assertFalse(page().contains("hw_power_watts"));
  }

  @Test
  void gpuThatIsGoneIsGoneFromThePage() {
    telemetry.gpus(List.of(gpu("GPU-1", OptionalDouble.of(0.25), OptionalDouble.empty())));
    telemetry.gpus(List.of());

    assertFalse(page().contains("GPU-1"));
  }

  @Test
  void inventedNamesShareOneBucket() {
    for (int i = 0; i < 10_000; i++) {
      telemetry.verdict("guard-" + i, "deny");
      telemetry.dropped("c" + i, "r" + i, 1);
    }

    assertTrue(page().lines().count() < 1_500, "the page grew without bound");
    assertTrue(page().contains("reeve_verdicts_total{guard=\"other\",verdict=\"deny\"} 9940.0\n"));
  }

  @Test
  void hostileNamesStayInsideTheirQuotes() {
    telemetry.findingsOpen(Map.of("a\"} 1\nreeve_paused 1\u001b[2J" + "x".repeat(5_000), 1L));

    List<String> lines =
        page().lines().filter(line -> line.startsWith("reeve_findings_open{")).toList();
    assertEquals(1, lines.size());
    assertTrue(lines.getFirst().startsWith("reeve_findings_open{rule=\"a\\\"} 1?reeve_paused"));
    assertTrue(lines.getFirst().length() < 300);
  }

  @Test
  void onlyOneModeIsInForce() {
    telemetry.mode(Mode.OBSERVE);
    telemetry.mode(Mode.ACT);

    assertTrue(page().contains("reeve_mode{mode=\"act\"} 1.0\n"));
    assertTrue(page().contains("reeve_mode{mode=\"observe\"} 0.0\n"));
  }

  @Test
  void moneyOfTwoCurrenciesIsNeverAddedUp() {
    telemetry.wasting(
        List.of(
            MoneyPerHour.of("1.50", "USD"),
            MoneyPerHour.of("2.25", "USD"),
            MoneyPerHour.of("7", "EUR")));

    assertTrue(page().contains("reeve_waste_money_per_hour{currency=\"USD\"} 3.75\n"));
    assertTrue(page().contains("reeve_waste_money_per_hour{currency=\"EUR\"} 7.0\n"));
  }

  @Test
  void openMetricsIsServedToWhoAsksForIt() {
    Exposition page = telemetry.scrape("application/openmetrics-text;version=1.0.0");

    assertTrue(page.contentType().startsWith("application/openmetrics-text"));
    assertTrue(new String(page.bytes(), StandardCharsets.UTF_8).endsWith("# EOF\n"));
  }

  static void useEverything(Telemetry telemetry) {
    telemetry.collectorRan("dcgm:localhost:9400", Duration.ofMillis(12), "ok");
    telemetry.collectorRan("nvidia_smi", Duration.ofMillis(700), "timeout");
    telemetry.dropped("dcgm:localhost:9400", "sentinel", 3);
    telemetry.cycle(Duration.ofMillis(2));
    telemetry.subjects(SubjectKind.GPU, 7, 1);
    telemetry.findingsOpen(Map.of("idle-gpu", 2L));
    telemetry.episodes(Map.of(EpisodeState.WARNED, 2L));
    telemetry.wasting(List.of(MoneyPerHour.of("4.10", "USD")));
    telemetry.saving(List.of(MoneyPerHour.of("2.05", "USD")));
    telemetry.saved(Money.of("12.30", "USD"));
    telemetry.verdict("notice", "hold");
    telemetry.step("node", "done");
    telemetry.notice("webhook", true);
    telemetry.journalAppended(3, Duration.ofMillis(4));
    telemetry.mode(Mode.OBSERVE);
    telemetry.paused(true);
    telemetry.ruleSet("0123abcd", 7);
    telemetry.lastGoodJudges(false);
    telemetry.historyBytes(1);
    telemetry.ruleTests(3, new TreeMap<>(Map.of("idle", 1)));
    telemetry.reloaded(true);
    telemetry.gpus(List.of(gpu("GPU-1", OptionalDouble.of(0.25), OptionalDouble.of(91.5))));
  }

  private static GpuReading gpu(String id, OptionalDouble utilization, OptionalDouble power) {
    return new GpuReading(id, "H100", utilization, power, power, power, power, power);
  }

  private String page() {
    return new String(telemetry.scrape("").bytes(), StandardCharsets.UTF_8);
  }

  private Map<String, Double> shownNumbers() {
    Map<String, Double> numbers = new TreeMap<>();
    page()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("_bucket{"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              numbers.put(line.substring(0, blank), Double.parseDouble(line.substring(blank)));
            });
    return numbers;
  }

  private Map<String, Double> sentNumbers() {
    Map<String, Double> numbers = new HashMap<>();
    for (MetricData metric : otlp.collectAllMetrics()) {
      Instrument instrument =
          Stream.of(Instrument.values())
              .filter(each -> each.text().equals(metric.getName()))
              .findFirst()
              .orElseThrow();
      String name = instrument.prometheus();
      metric
          .getDoubleGaugeData()
          .getPoints()
          .forEach(p -> numbers.put(name + labels(p.getAttributes().asMap()), p.getValue()));
      metric
          .getDoubleSumData()
          .getPoints()
          .forEach(p -> numbers.put(name + labels(p.getAttributes().asMap()), p.getValue()));
      for (var point : metric.getHistogramData().getPoints()) {
        String labels = labels(point.getAttributes().asMap());
        numbers.put(name + "_count" + labels, (double) point.getCount());
        numbers.put(name + "_sum" + labels, point.getSum());
      }
    }
    return new TreeMap<>(numbers);
  }

  private static String labels(Map<?, Object> attributes) {
    if (attributes.isEmpty()) {
      return "";
    }
    return attributes.entrySet().stream()
        .map(e -> e.getKey().toString().replace('.', '_') + "=\"" + e.getValue() + "\"")
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }
}
