package dev.reeve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.json.Json;
import dev.reeve.json.JsonValue;
import dev.reeve.telemetry.Exposition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class WebServerTest {
  private static final Routes.Metrics METRICS =
      accept ->
          new Exposition(
              "text/plain; version=0.0.4", ("up 1 " + accept).getBytes(StandardCharsets.UTF_8));

  private final AtomicReference<View> view = new AtomicReference<>(new Sample());
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = start(local(0));
  }

  private static HttpSettings local(int port) {
    return new HttpSettings(new InetSocketAddress("127.0.0.1", port));
  }

  private WebServer start(HttpSettings settings) throws Exception {
    return WebServer.start(settings, new Routes(new Current(view), METRICS, Page.load()));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void servesEveryPartOfTheView() throws Exception {
    assertEquals(new Sample().status(), Json.read(get("/api/v1/status").body()));
    assertEquals(new Sample().findings(), Json.read(get("/api/v1/findings").body()));
    assertEquals(new Sample().plans(), Json.read(get("/api/v1/plans").body()));
    assertEquals(new Sample().episodes(), Json.read(get("/api/v1/episodes").body()));
  }

  @Test
  void servesMetricsInTheFormatThatIsAskedFor() throws Exception {
    HttpResponse<String> page =
        client.send(
            request("/metrics").header("Accept", "application/openmetrics-text").build(),
            HttpResponse.BodyHandlers.ofString());

    assertEquals("up 1 application/openmetrics-text", page.body());
    assertEquals("text/plain; version=0.0.4", page.headers().firstValue("Content-Type").get());
  }

  @Test
  void isReadyWhenTheViewIs() throws Exception {
    assertEquals(200, get("/readyz").statusCode());
    view.set(new Unready("rules are loading\nX: 1\u001b[2J"));

    HttpResponse<String> answer = get("/readyz");
    assertEquals(503, answer.statusCode());
    assertEquals("not ready: rules are loading X: 1 [2J\n", answer.body());
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    String answer =
        RawHttp.ask(
            server.port(),
            "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("content-length: 3\r\n"));
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"})
  void refusesWhatIsNoReading(String method) throws Exception {
    String answer =
        RawHttp.ask(server.port(), method + " /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 405"), answer);
    assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("allow: get, head"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example:80\r\n",
        "Host: localhost:80:80\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: \r\n",
        "Host: 192.168.0.1\r\n",
        ""
      })
  void refusesOtherNames(String host) throws Exception {
    String answer =
        RawHttp.ask(
            server.port(), "GET /api/v1/status HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertFalse(answer.contains("gpus"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:9410", "[::1]:9410"})
  void answersToTheNamesOfThisMachine(String host) throws Exception {
    String answer =
        RawHttp.ask(
            server.port(),
            "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @Test
  void refusesBodies() throws Exception {
    String answer =
        RawHttp.ask(
            server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
  }

  @Test
  void refusesHugeHeadersAndLines() throws Exception {
    assertRefused("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertRefused("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(1_000_000));
    assertEquals(200, get("/healthz").statusCode());
  }

  private void assertRefused(String request) {
    try {
      String answer = RawHttp.ask(server.port(), request);
      assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1.[01] 4.*"), answer);
    } catch (IOException reset) {
      // closed while the rest was being written: refused as well
    }
  }

  @Test
  void saysWhatThereIsToWhoeverAsksForSomethingElse() throws Exception {
    HttpResponse<String> answer = get("/etc/passwd");

    assertEquals(404, answer.statusCode());
    assertTrue(Json.readObject(answer.body()).text("error").get().contains("/api/v1/status"));
  }

  @Test
  void everyAnswerCarriesSecurityHeaders() throws Exception {
    for (String path : List.of("/", "/metrics", "/api/v1/status", "/healthz", "/nothing")) {
      var headers = get(path).headers();
      String policy = headers.firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'"), path);
      assertFalse(policy.contains("unsafe"), path);
      assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").get());
      assertEquals("DENY", headers.firstValue("X-Frame-Options").get());
      assertTrue(headers.firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }

  @Test
  void viewThatThrowsIsAnErrorWithoutDetails() throws Exception {
    view.set(
        new Failing(
            () -> {
              throw new IllegalStateException("secret");
            }));

    HttpResponse<String> answer = get("/api/v1/status");
    assertEquals(500, answer.statusCode());
    assertFalse(answer.body().contains("secret"));
  }

  @Test
  void viewThatHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    view.set(
        new Failing(
            () -> {
              never.await();
              return new Sample().status();
            }));
    List<RawHttp> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          new RawHttp(server.port())
              .say("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    assertEquals(200, get("/healthz").statusCode());
    assertEquals(200, get("/metrics").statusCode());
    for (RawHttp each : waiting) {
      assertTrue(each.rest().startsWith("HTTP/1.1 503"));
      each.close();
    }
  }

  @Test
  void slowClientsDoNotStarveHealth() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      slow.add(new RawHttp(server.port()).say("GET / HT"));
    }

    assertEquals(200, get("/healthz").statusCode());
    for (RawHttp each : slow) {
      each.close();
    }
  }

  @Test
  void takenPortIsSaidWithWhatToDo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();
      HttpStartException failure =
          assertThrows(HttpStartException.class, () -> start(local(port)).close());
      assertTrue(
          failure.getMessage().contains("port " + port + " is taken by another process"),
          failure.getMessage());
    }
  }

  @Test
  void addressOfTheNetworkIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new HttpSettings(new InetSocketAddress("0.0.0.0", 1)));
  }

  @Test
  void writesNothingIntoTheTemporaryFolder() throws Exception {
    get("/");
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      long pid = ProcessHandle.current().pid();
      assertEquals(
          List.of(),
          files
              .filter(path -> path.getFileName().toString().startsWith("vertx-cache"))
              .filter(path -> Files.exists(path) && startedByUs(path, pid))
              .toList());
    }
  }

  private static boolean startedByUs(Path folder, long pid) {
    try {
      long started =
          ProcessHandle.of(pid).flatMap(p -> p.info().startInstant()).orElseThrow().toEpochMilli();
      return Files.getLastModifiedTime(folder).toMillis() >= started;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private record Current(AtomicReference<View> now) implements View {
    @Override
    public JsonValue status() {
      return now.get().status();
    }

    @Override
    public JsonValue findings() {
      return now.get().findings();
    }

    @Override
    public JsonValue plans() {
      return now.get().plans();
    }

    @Override
    public JsonValue episodes() {
      return now.get().episodes();
    }

    @Override
    public Readiness readiness() {
      return now.get().readiness();
    }
  }

  private interface Body {
    JsonValue make() throws InterruptedException;
  }

  private record Failing(Body body) implements View {
    @Override
    public JsonValue status() {
      try {
        return body.make();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public JsonValue findings() {
      return new Sample().findings();
    }

    @Override
    public JsonValue plans() {
      return new Sample().plans();
    }

    @Override
    public JsonValue episodes() {
      return new Sample().episodes();
    }

    @Override
    public Readiness readiness() {
      return new Readiness(true, "");
    }
  }

  private record Unready(String reason) implements View {
    @Override
    public JsonValue status() {
      return new Sample().status();
    }

    @Override
    public JsonValue findings() {
      return new Sample().findings();
    }

    @Override
    public JsonValue plans() {
      return new Sample().plans();
    }

    @Override
    public JsonValue episodes() {
      return new Sample().episodes();
    }

    @Override
    public Readiness readiness() {
      return new Readiness(false, reason);
    }
  }
}
