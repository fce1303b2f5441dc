package dev.reeve.actions.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.reeve.config.Secret;
import dev.reeve.json.Json;
import dev.reeve.json.JsonObject;
import dev.reeve.model.Cost;
import dev.reeve.model.MoneyPerHour;
import dev.reeve.model.Notice;
import dev.reeve.model.SubjectId;
import dev.reeve.spi.Notifier.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // set before each test
class WebhookTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Notice NOTICE =
      new Notice(
          "idle~GPU-1~9",
          "idle",
          SubjectId.gpu("GPU-1"),
          "node/ana/process/<b>\u001b[2J",
          "ana",
          List.of("terminate"),
          Duration.ofMinutes(30),
          new Cost.Known(MoneyPerHour.of("3.40", "USD"), "prices.yaml, 2026-02-01"),
          "GPU 1 has been idle");

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), "UTF-8"));
          tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          switch (exchange.getRequestURI().getPath()) {
            case "/hang" -> {
              try {
                hanging.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
            case "/elsewhere" -> exchange.getResponseHeaders().set("Location", "/200");
            default -> {}
          }
          int status =
              exchange.getRequestURI().getPath().equals("/elsewhere")
                  ? 302
                  : Integer.parseInt(
                      "0" + exchange.getRequestURI().getPath().replaceAll("\\D", ""));
          exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    hanging.countDown();
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void everySuccessIsDelivery(int status) throws Exception {
    Delivery.Delivered delivered =
        assertInstanceOf(Delivery.Delivered.class, deliver("/" + status, LONG));
    assertEquals("127.0.0.1", delivered.to());
  }

  @Test
  void bodyIsTheDocumentedOne() throws Exception {
    deliver("/200", LONG);

    JsonObject body = Json.readObject(bodies.getFirst());
    assertEquals(
        """
        {"v":1,"type":"notice","episode":"idle~GPU-1~9","rule":"idle","subject":"gpu:GPU-1",\
        "workload":"node/ana/process/<b>\\u001b[2J","owner":"ana","remedy":"terminate",\
        "waste":{"amount":"3.40","currency":"USD","per":"h","source":"prices.yaml, 2026-02-01"},\
        "text":"GPU 1 has been idle","in_seconds":1800}\
        """,
        Json.write(body));
    assertEquals("Bearer s3cret", tokens.getFirst());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503})
  void refusalIsNoDelivery(int status) throws Exception {
    assertEquals(
        new Delivery.NotDelivered("127.0.0.1 answered " + status), deliver("/" + status, LONG));
    assertEquals(1, bodies.size(), "nothing is sent twice");
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    assertEquals(new Delivery.NotDelivered("127.0.0.1 answered 302"), deliver("/elsewhere", LONG));
    assertEquals(1, bodies.size());
  }

  @Test
  void serverThatHangsIsGivenUp() throws Exception {
    Delivery.NotDelivered not =
        assertInstanceOf(Delivery.NotDelivered.class, deliver("/hang", SHORT));
    assertTrue(not.reason().contains("in time"), not.reason());
  }

  @Test
  void lostReplyIsNotSentAgain() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> swallow(silent, received));
      Delivery delivery =
          new Webhook(
                  HttpUrl.get("http://127.0.0.1:" + silent.getLocalPort() + "/"),
                  Optional.empty(),
                  LONG)
              .deliver(NOTICE);

      Delivery.NotDelivered not = assertInstanceOf(Delivery.NotDelivered.class, delivery);
      assertTrue(not.reason().contains("may have been told"), not.reason());
      assertEquals(1, received.get());
    }
  }

  /// Reads a request and closes without an answer.
  private static void swallow(ServerSocket silent, AtomicInteger received) {
    while (true) {
      try (Socket socket = silent.accept()) {
        byte[] buffer = new byte[64 * 1024];
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("has been idle")) {
          int count = socket.getInputStream().read(buffer);
          seen.append(new String(buffer, 0, count, "UTF-8"));
        }
        received.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void absentServerIsNoDelivery() throws Exception {
    server.stop(0);

    Delivery.NotDelivered not =
        assertInstanceOf(Delivery.NotDelivered.class, deliver("/200", LONG));
    assertTrue(not.reason().contains("does not accept connections"), not.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "0.0.0.0", "fd00:ec2::254", "224.0.0.1"})
  void metadataServicesAndGroupsAreNeverToldAnything(String address) {
    assertThrows(SafeDns.RefusedException.class, () -> SafeDns.checkLiteral(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "192.168.1.1", "::1", "example.org"})
  void othersMayBeTold(String host) throws Exception {
    SafeDns.checkLiteral(host);
  }

  @Test
  void refusedAddressIsSaid() throws Exception {
    Webhook webhook = new Webhook(HttpUrl.get("http://0.0.0.0:1/"), Optional.empty(), SHORT);

    Delivery.NotDelivered not =
        assertInstanceOf(Delivery.NotDelivered.class, webhook.deliver(NOTICE));
    assertTrue(not.reason().contains("no notice is sent to"), not.reason());
  }

  @Test
  void secretsDoNotShowInReasons() throws Exception {
    Delivery delivery = deliver("/503?key=s3cret", LONG);

    assertFalse(delivery.toString().contains("s3cret"), delivery.toString());
  }

  @Test
  void stopsWhenTheDaemonDoes() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    deliver("/hang", LONG);
                  } catch (InterruptedException e) {
                    stopped.set(true);
                  }
                });
    while (bodies.isEmpty()) {
      Thread.sleep(10);
    }
    thread.interrupt();

    assertTrue(thread.join(Duration.ofSeconds(10)));
    assertTrue(stopped.get());
  }

  private Delivery deliver(String path, Duration patience) throws InterruptedException {
    HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort() + path);
    try (Webhook webhook = new Webhook(url, Optional.of(new Secret("s3cret")), patience)) {
      return webhook.deliver(NOTICE);
    }
  }
}
