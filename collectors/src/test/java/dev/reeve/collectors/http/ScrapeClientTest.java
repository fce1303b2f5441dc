package dev.reeve.collectors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a real socket, whose other end behaves as badly as exporters do.
@Timeout(30)
class ScrapeClientTest {
  private static final int MAX_BYTES = 100_000;

  private final ScrapeClient client = new ScrapeClient(Duration.ofMillis(600), MAX_BYTES);
  private final Body body = new Body();
  private HostileServer server;

  @BeforeEach
  void start() throws IOException {
    server = new HostileServer(HostileServer.ok("up 1\n"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void readsAnAnswerIntoTheBodyAndTheNextOneIntoTheSameArray() throws Exception {
    client.get(server.uri(), body);
    assertEquals("up 1\n", text());
    byte[] array = body.bytes();
    server.answer(HostileServer.ok("down 1\n"));
    client.get(server.uri(), body);
    assertEquals("down 1\n", text());
    assertEquals(array, body.bytes());
  }

  @Test
  void asksForNoCompressionOnLoopback() throws Exception {
    client.get(server.uri(), body);
    assertTrue(server.requests().getFirst().contains("Accept-Encoding: identity"));
  }

  @Test
  void readsAnswersLongerThanTheFirstRead() throws Exception {
    String long_ = "up 1\n".repeat(19_000);
    server.answer(HostileServer.ok(long_));
    client.get(server.uri(), body);
    assertEquals(long_, text());
  }

  @Test
  void readsACompressedAnswerAllTheSame() throws Exception {
    server.answer(HostileServer.ok(gzip("up 1\n"), "Content-Encoding: gzip\r\n"));
    client.get(server.uri(), body);
    assertEquals("up 1\n", text());
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    server.answer(HostileServer.hang());
    assertFails(Reason.TIMEOUT);
    assertLeft();
  }

  @Test
  void givesUpOnAServerThatDrips() throws Exception {
    server.answer(
        out -> {
          HostileServer.head(out, "Content-Length: 1000\r\n");
          drip(out);
        });
    assertFails(Reason.TIMEOUT);
    assertLeft();
  }

  private static void drip(OutputStream out) throws IOException, InterruptedException {
    for (int i = 0; i < 1000; i++) {
      out.write('x');
      out.flush();
      Thread.sleep(20);
    }
  }

  @Test
  void refusesAnEndlessAnswer() throws Exception {
    server.answer(
        out -> {
          HostileServer.head(out, "Content-Type: text/plain\r\n");
          byte[] line = "# and so on and on\n".repeat(100).getBytes(ISO_8859_1);
          while (!Thread.interrupted()) {
            out.write(line);
          }
          throw new InterruptedException();
        });
    assertFails(Reason.TOO_LARGE);
    assertLeft();
    assertTrue(body.bytes().length <= 2 * MAX_BYTES, "holds no more than it may");
  }

  @Test
  void refusesAnAnswerThatAnnouncesTooMuch() throws Exception {
    server.answer(HostileServer.ok("a".repeat(MAX_BYTES + 1)));
    assertFails(Reason.TOO_LARGE);
  }

  @Test
  void refusesASmallAnswerThatUnpacksToALargeOne() throws Exception {
    server.answer(HostileServer.ok(gzip("# bomb\n".repeat(200_000)), "Content-Encoding: gzip\r\n"));
    assertFails(Reason.TOO_LARGE);
    assertTrue(body.bytes().length <= 2 * MAX_BYTES);
  }

  @Test
  void tellsAnAnswerThatBreaksOff() throws Exception {
    server.answer(
        out -> {
          HostileServer.head(out, "Content-Length: 1000\r\n");
          out.write("up 1\nup".getBytes(ISO_8859_1));
        });
    assertFails(Reason.TRUNCATED);
    assertEquals(0, body.length());
  }

  @Test
  void tellsACompressedAnswerThatBreaksOff() throws Exception {
    byte[] whole = gzip("up 1\n".repeat(100));
    server.answer(
        HostileServer.ok(java.util.Arrays.copyOf(whole, 20), "Content-Encoding: gzip\r\n"));
    assertFails(Reason.TRUNCATED);
  }

  @Test
  void tellsStatusRedirectEmptyAndGarbageApart() throws Exception {
    server.answer(HostileServer.status(500, ""));
    assertFails(Reason.HTTP_STATUS);
    server.answer(HostileServer.status(204, ""));
    assertFails(Reason.HTTP_STATUS);
    server.answer(HostileServer.status(302, "Location: http://192.0.2.1/metrics\r\n"));
    assertFails(Reason.REDIRECT);
    server.answer(HostileServer.ok(""));
    assertFails(Reason.EMPTY);
    server.answer(out -> out.write("220 smtp ready\r\n\r\n".getBytes(ISO_8859_1)));
    assertFails(Reason.GARBAGE);
    server.answer(HostileServer.ok("x".getBytes(ISO_8859_1), "Content-Encoding: br\r\n"));
    assertFails(Reason.GARBAGE);
    server.answer(HostileServer.ok("nozip".getBytes(ISO_8859_1), "Content-Encoding: gzip\r\n"));
    assertFails(Reason.GARBAGE);
    server.answer(_ -> {});
    assertFails(Reason.TRUNCATED);
  }

  @Test
  void doesNotFollowARedirectEvenToTheSameServer() throws Exception {
    server.answer(HostileServer.status(301, "Location: /other\r\n"));
    assertFails(Reason.REDIRECT);
    assertEquals(1, server.requests().size());
  }

  @Test
  void tellsAServerThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/metrics");
    var refused = assertThrows(CollectException.class, () -> client.get(nobody, body));
    assertEquals(Reason.REFUSED, refused.reason());
  }

  @Test
  void tellsAServerThatDoesNotSpeakTls() throws Exception {
    URI tls = URI.create(server.uri().toString().replace("http:", "https:"));
    server.answer(out -> out.write("HTTP/1.1 400 No\r\n\r\n".getBytes(ISO_8859_1)));
    var e = assertThrows(CollectException.class, () -> client.get(tls, body));
    assertTrue(e.reason() == Reason.TLS || e.reason() == Reason.TIMEOUT, e.toString());
  }

  @Test
  void stopsAtOnceWhenInterrupted() throws Exception {
    server.answer(HostileServer.hang());
    var outcome = new AtomicReference<Throwable>();
    var patient = new ScrapeClient(Duration.ofSeconds(20), MAX_BYTES);
    Thread scraping =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    patient.get(server.uri(), body);
                  } catch (CollectException | InterruptedException e) {
                    outcome.set(e);
                  }
                });
    while (server.requests().isEmpty()) {
      Thread.sleep(5);
    }
    scraping.interrupt();
    assertTrue(scraping.join(Duration.ofSeconds(5)));
    assertEquals(InterruptedException.class, outcome.get().getClass());
  }

  private void assertFails(Reason reason) {
    // a deadline must not come before another reason, however busy the machine is
    var asking =
        reason == Reason.TIMEOUT ? client : new ScrapeClient(Duration.ofSeconds(20), MAX_BYTES);
    var e = assertThrows(CollectException.class, () -> asking.get(server.uri(), body));
    assertEquals(reason, e.reason(), e.toString());
  }

  private void assertLeft() throws InterruptedException {
    for (int i = 0; i < 200 && server.left() == 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(1, server.left(), "the connection is given back");
  }

  private String text() {
    return new String(body.bytes(), 0, body.length(), ISO_8859_1);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }
}
