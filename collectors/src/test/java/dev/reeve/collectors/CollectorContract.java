package dev.reeve.collectors;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.http.HostileServer;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import dev.reeve.spi.Collector;
import dev.reeve.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every collector that asks over HTTP does, whatever it asks. Extend it, name a fixture, and
/// add what is special about your source.
@Timeout(30)
public abstract class CollectorContract {
  /// How long the collector under test may wait for an answer.
  protected static final Duration PATIENCE = Duration.ofMillis(700);

  private static final long NOW = 123_456_789L;

  /// The evidence clock.
  protected static final Ticker CLOCK = new StillClock(NOW);

  private HostileServer server;
  private Collector collector;

  /// A collector of this address with [#PATIENCE] and [#CLOCK].
  protected abstract Collector collector(URI target);

  /// A whole answer of the source, as captured.
  protected abstract String fixture();

  /// A signal that the fixture has.
  protected abstract Signal signal();

  /// The fixture without whatever that signal comes from.
  protected abstract String fixtureWithoutSignal();

  @BeforeEach
  void startServer() throws IOException {
    server = new HostileServer(HostileServer.ok(fixture().getBytes(StandardCharsets.UTF_8), ""));
    collector = collector(server.uri());
  }

  @AfterEach
  void stopServer() throws IOException {
    collector.close();
    server.close();
  }

  @Test
  void readsItsFixtureIntoFiniteSamplesOfDevicesThatItNames() throws Exception {
    Observation seen = collector.collect();
    assertEquals(collector.name(), seen.source());
    assertEquals(NOW, seen.atNanos());
    assertEquals(collector.interval(), seen.interval());
    assertTrue(signals(seen).contains(signal()), () -> signals(seen).toString());
    var devices = seen.devices().stream().map(device -> device.id()).collect(Collectors.toSet());
    seen.samples().forEach(sample -> assertTrue(devices.contains(sample.subject())));
  }

  @Test
  void saysTheSameWhenItHearsTheSame() throws Exception {
    assertEquals(collector.collect(), collector.collect());
  }

  @Test
  void makesNothingUpForWhatIsMissing() throws Exception {
    Set<Signal> before = signals(collector.collect());
    server.answer(HostileServer.ok(fixtureWithoutSignal()));
    Set<Signal> after = signals(collector.collect());
    assertFalse(after.contains(signal()));
    before.remove(signal());
    assertEquals(before, after);
  }

  @Test
  void givesUpInTimeAndRecovers() throws Exception {
    server.answer(HostileServer.hang());
    assertFails(Reason.TIMEOUT);
    server.answer(HostileServer.ok(fixture().getBytes(StandardCharsets.UTF_8), ""));
    assertTrue(signals(collector.collect()).contains(signal()));
  }

  @Test
  void knowsNothingAfterAnError() {
    server.answer(HostileServer.status(500, ""));
    assertFails(Reason.HTTP_STATUS);
  }

  @Test
  void knowsNothingAfterAnEmptyAnswer() {
    server.answer(HostileServer.ok(""));
    assertFails(Reason.EMPTY);
    server.answer(HostileServer.ok("\n\n"));
    assertFails(Reason.EMPTY);
  }

  @Test
  void knowsNothingAfterHalfAnAnswer() {
    String half = fixture().substring(0, fixture().length() / 2);
    server.answer(
        out -> {
          HostileServer.head(out, "Content-Length: " + fixture().length() + "\r\n");
          out.write(half.getBytes(StandardCharsets.UTF_8));
        });
    assertFails(Reason.TRUNCATED);
    server.answer(
        out -> {
          HostileServer.head(out, "");
          out.write((half.strip() + "x").getBytes(StandardCharsets.UTF_8));
        });
    assertFails(Reason.TRUNCATED);
  }

  @Test
  void knowsNothingAfterGarbage() {
    server.answer(HostileServer.ok("<html><body>Welcome</body></html>\n"));
    assertFails(Reason.GARBAGE);
  }

  @Test
  void canBeClosedWithoutHavingCollectedAndTwice() {
    assertDoesNotThrow(collector::close);
    assertDoesNotThrow(collector::close);
    assertTrue(server.requests().isEmpty(), "making a collector asks nobody");
  }

  private void assertFails(Reason reason) {
    var e = assertThrows(CollectException.class, () -> collector.collect());
    assertEquals(reason, e.reason(), e.toString());
  }

  private static Set<Signal> signals(Observation seen) {
    return seen.samples().stream().map(Sample::signal).collect(Collectors.toSet());
  }
}
