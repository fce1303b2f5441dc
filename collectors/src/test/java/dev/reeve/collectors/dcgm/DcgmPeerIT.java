package dev.reeve.collectors.dcgm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.collectors.StillClock;
import dev.reeve.collectors.http.ScrapeClient;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a replay of dcgm-exporter that misbehaves on request.
@Timeout(60)
class DcgmPeerIT {
  private static final Path PEERS =
      Path.of("../..").toAbsolutePath().normalize().resolve("shared/peers");

  @TempDir static Path folder;
  private static final int STARTS = 3;

  private static URI metrics;
  private static URI control;

  private final DcgmCollector collector =
      new DcgmCollector(
          metrics,
          Duration.ofSeconds(15),
          Map.of(),
          new ScrapeClient(Duration.ofSeconds(2), 8 << 20),
          new StillClock(1));

  @BeforeAll
  static void startPeer() throws Exception {
    assumeTrue(Files.isExecutable(PEERS.resolve("dcgm-up")), "no peers at " + PEERS);
    int port = freePort(0);
    String problem = up(port);
    for (int i = 1; i < STARTS && !problem.isEmpty(); i++) {
      // whatever took the port in between has another one now
      port = freePort(i);
      problem = up(port);
    }
    assertEquals("", problem);
    metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    control = URI.create("http://127.0.0.1:" + port + "/_peer/");
  }

  private static String up(int port) throws Exception {
    return run("dcgm-up", folder.toString(), Integer.toString(port), "8", "--pods");
  }

  /**
   * Below the ports that the system gives to clients: who asks whether one of those is taken may be
   * given that very port, and then talks to itself.
   */
  private static int freePort(int attempt) {
    int first = 20_000 + (int) (ProcessHandle.current().pid() % 10_000) + 100 * attempt;
    for (int port = first; port < 32_000; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // the next one then
      }
    }
    throw new IllegalStateException("no port is free from " + first + " on");
  }

  @AfterAll
  static void stopPeer() throws Exception {
    if (metrics != null) {
      assertEquals("", run("peer-down", folder.toString()));
    }
  }

  /** What went wrong; empty if nothing did. */
  private static String run(String script, String... args) throws Exception {
    Path said = Files.createTempFile(folder, script, ".out");
    List<String> command = new java.util.ArrayList<>(List.of(PEERS.resolve(script).toString()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int code = process.waitFor();
    return code == 0 ? "" : script + " ended with " + code + ": " + Files.readString(said);
  }

  @Test
  void readsEightBusyGpus() throws Exception {
    tell("mode", "{\"mode\":\"ok\"}");
    Observation seen = collector.collect();
    assertEquals(8, seen.devices().size());
    List<Sample> engines =
        seen.samples().stream().filter(s -> s.signal() == Signal.GPU_ENGINE_ACTIVE).toList();
    assertEquals(8, engines.size());
    engines.forEach(sample -> assertEquals(0.99563, sample.value()));
    assertEquals(Map.of(), seen.drops());
  }

  @Test
  void seesAGpuThatFellOffTheBusAsMissingAndNotAsIdle() throws Exception {
    tell("mode", "{\"mode\":\"ok\"}");
    tell("set", "{\"gpu\":3,\"metric\":\"*\",\"value\":null}");
    assertEquals(7, collector.collect().devices().size());
    tell("set", "{\"reset\":true}");
    assertEquals(8, collector.collect().devices().size());
  }

  @Test
  void knowsNothingWhileThePeerMisbehavesAndAllAfterwards() throws Exception {
    Map<String, Reason> reasons =
        Map.of(
            "hang", Reason.TIMEOUT,
            "slow-drip", Reason.TIMEOUT,
            "500", Reason.HTTP_STATUS,
            "truncate", Reason.TRUNCATED,
            "gzip-bomb", Reason.TOO_LARGE,
            "empty", Reason.EMPTY,
            "garbage", Reason.TRUNCATED);
    for (var mode : reasons.entrySet()) {
      tell("mode", "{\"mode\":\"" + mode.getKey() + "\",\"count\":1}");
      var e = assertThrows(CollectException.class, collector::collect, mode.getKey());
      boolean expected =
          e.reason() == mode.getValue()
              || (mode.getKey().equals("garbage") && e.reason() == Reason.GARBAGE);
      assertTrue(expected, () -> mode.getKey() + ": " + e);
      assertEquals(8, collector.collect().devices().size());
    }
  }

  private static void tell(String what, String json) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(control.resolve(what))
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build();
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    }
  }
}
