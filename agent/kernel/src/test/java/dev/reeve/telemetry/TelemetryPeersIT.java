package dev.reeve.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonArray;
import dev.reeve.json.JsonObject;
import dev.reeve.json.JsonReader;
import dev.reeve.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus and a real OpenTelemetry Collector see the same names and numbers as the page.
class TelemetryPeersIT {
  private static final Path PEERS =
      Path.of(System.getProperty("reeve.peers", "../../../shared/peers"));
  private static final JsonReader READER = JsonReader.STRICT.withMaxLength(64 << 20);

  @TempDir Path folder;

  @BeforeEach
  void needsPeers() {
    assertTrue(Files.isDirectory(PEERS), PEERS + " holds the scripts that start peers");
  }

  @AfterEach
  void stop() throws Exception {
    run("peer-down");
  }

  @Test
  void promtoolFindsNothingToComplainAbout() throws Exception {
    start("prometheus-up", freePort());
    String page = page(Map.of());

    Process promtool =
        new ProcessBuilder(environment("PROMTOOL"), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (var in = promtool.getOutputStream()) {
      in.write(page.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, promtool.waitFor(), said);
    assertEquals("", said);
  }

  @Test
  void prometheusHasTheSameNamesByOtlpAsOnThePage() throws Exception {
    int port = freePort();
    start("prometheus-up", port);
    String page =
        page(
            Map.of(
                "OTEL_METRICS_EXPORTER", "otlp",
                "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", environment("PROMETHEUS_OTLP")));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertEquals(numbers(page), stored(port)));
  }

  @Test
  void collectorReceivesTheNumbersOfThePageAndTheTrace() throws Exception {
    int grpc = freePort();
    start("otelcol-up", grpc, freePort());
    Map<String, String> environment =
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + grpc);
    String page = page(environment);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertEquals(values(page), received());
              assertEquals(Set.of("episode", "notice"), spans());
            });
  }

  /** Uses every instrument and one trace; what is sent has left when this returns. */
  private static String page(Map<String, String> environment) {
    Instant now = Instant.now();
    TelemetrySettings settings =
        new TelemetrySettings(
            "0.1.0", "node-1", environment, () -> Instant.ofEpochSecond(1_700_000_000));
    try (Telemetry telemetry = Telemetry.open(settings)) {
      assertEquals("", telemetry.problem());
      TelemetryTest.useEverything(telemetry);
      EpisodeTrace trace = telemetry.startTrace("idle~1", now.minusSeconds(60));
      trace.add(
          new TraceSpan(
              "notice", now.minusSeconds(9), now.minusSeconds(8), false, new TreeMap<>()));
      trace.close(now, "verified", false);
      return new String(telemetry.scrape("").bytes(), StandardCharsets.UTF_8);
    }
  }

  /** Of each series of the page, without the labels that a scrape adds. */
  private static Map<String, Double> numbers(String page) {
    Map<String, Double> numbers = new TreeMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#") && !line.contains("_bucket{"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              numbers.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
            });
    return numbers;
  }

  private static Map<String, Double> stored(int port) throws Exception {
    String query =
        URLEncoder.encode("{__name__=~\"(reeve|hw)_.+\",le=\"\"}", StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + query);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      Map<String, Double> stored = new TreeMap<>();
      JsonObject data = Json.readObject(answer.body()).object("data").orElseThrow();
      for (JsonValue each : data.array("result").orElseThrow()) {
        JsonObject series = (JsonObject) each;
        JsonArray value = series.array("value").orElseThrow();
        stored.put(
            name(series.object("metric").orElseThrow()),
            Double.parseDouble(((dev.reeve.json.JsonString) value.elements().get(1)).text()));
      }
      return stored;
    }
  }

  private static String name(JsonObject metric) {
    Map<String, String> labels = new TreeMap<>();
    metric.members().keySet().forEach(key -> labels.put(key, metric.text(key).orElse("")));
    String name = labels.remove("__name__");
    labels.keySet().removeAll(Set.of("job", "instance"));
    labels.keySet().removeIf(label -> label.startsWith("otel_scope_"));
    return labels.isEmpty()
        ? name
        : labels.entrySet().stream()
            .map(e -> e.getKey() + "=\"" + e.getValue() + "\"")
            .collect(Collectors.joining(",", name + "{", "}"));
  }

  /** The values of each metric of the page, sorted: enough to find a number that differs. */
  private static Map<String, List<Double>> values(String page) {
    Map<String, List<Double>> values = new TreeMap<>();
    numbers(page)
        .forEach(
            (series, value) -> {
              String name = series.replaceFirst("\\{.*", "");
              if (!name.endsWith("_count")) {
                values
                    .computeIfAbsent(name.replaceFirst("_sum$", ""), _ -> new ArrayList<>())
                    .add(value);
              }
            });
    values.values().forEach(each -> each.sort(null));
    return values;
  }

  private Map<String, List<Double>> received() throws Exception {
    Map<String, Instrument> known =
        Arrays.stream(Instrument.values())
            .collect(Collectors.toMap(Instrument::text, instrument -> instrument));
    Map<String, List<Double>> values = new TreeMap<>();
    for (JsonObject scope : scopes("resourceMetrics", "scopeMetrics")) {
      for (JsonValue each : scope.array("metrics").orElse(Json.array())) {
        JsonObject metric = (JsonObject) each;
        Instrument instrument = known.get(metric.text("name").orElse(""));
        if (instrument != null) {
          values.put(instrument.prometheus(), points(metric));
        }
      }
    }
    return values;
  }

  private static List<Double> points(JsonObject metric) {
    JsonObject data =
        metric
            .object("gauge")
            .or(() -> metric.object("sum"))
            .or(() -> metric.object("histogram"))
            .orElseThrow();
    List<Double> values = new ArrayList<>();
    for (JsonValue each : data.array("dataPoints").orElseThrow()) {
      JsonObject point = (JsonObject) each;
      values.add(point.real("asDouble").orElseGet(() -> point.real("sum").orElse(0)));
    }
    values.sort(null);
    return values;
  }

  private Set<String> spans() throws Exception {
    Set<String> names = new TreeSet<>();
    Set<String> traces = new TreeSet<>();
    for (JsonObject scope : scopes("resourceSpans", "scopeSpans")) {
      for (JsonValue each : scope.array("spans").orElse(Json.array())) {
        names.add(((JsonObject) each).text("name").orElse(""));
        traces.add(((JsonObject) each).text("traceId").orElse(""));
      }
    }
    assertEquals(1, traces.size(), "one trace");
    return names;
  }

  private List<JsonObject> scopes(String resources, String scopes) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(environment("OTLP_RECEIVED")))) {
      for (JsonValue resource : READER.readObject(line).array(resources).orElse(Json.array())) {
        for (JsonValue scope : ((JsonObject) resource).array(scopes).orElse(Json.array())) {
          all.add((JsonObject) scope);
        }
      }
    }
    return all;
  }

  private void start(String script, int... ports) throws Exception {
    assertEquals(
        0, run(script, Arrays.stream(ports).mapToObj(Integer::toString).toArray(String[]::new)));
  }

  private int run(String script, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(PEERS.resolve(script).toString(), folder.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private String environment(String name) throws IOException {
    return Files.readAllLines(folder.resolve("env")).stream()
        .filter(line -> line.startsWith("export " + name + "="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Below the ports that the system gives to clients: who asks whether one of those is taken may be
   * given that very port, and then talks to itself.
   */
  private static int freePort() {
    while (nextPort < 32_000) {
      try (ServerSocket free = new ServerSocket(nextPort++, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // the next one then
      }
    }
    throw new IllegalStateException("no port is free below 32000");
  }

  private static int nextPort = 10_000 + (int) (ProcessHandle.current().pid() % 10_000);
}
