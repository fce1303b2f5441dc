package dev.reeve.collectors.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.History.HistoryException;
import dev.reeve.spi.HistoryProvider.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Prometheus that holds series of dcgm-exporters and has never heard of Reeve.
@Timeout(120)
class PrometheusIT {
  private static final Path PEERS =
      Path.of("../..").toAbsolutePath().normalize().resolve("shared/peers");
  private static final int SAMPLES = 180;
  private static final int PAUSE_FROM = 60;
  private static final int PAUSE_TO = 90;

  @TempDir static Path folder;
  private static String url = "";

  /// Newest of its samples; within what the peer retains.
  private static Instant newest = Instant.EPOCH;

  @BeforeAll
  static void startPeerWithSeries() throws Exception {
    assumeTrue(Files.isExecutable(PEERS.resolve("prometheus-up")), "no peers at " + PEERS);
    int port = freePort();
    Path peer = folder.resolve("peer");
    run(PEERS.resolve("prometheus-up").toString(), peer.toString(), Integer.toString(port));
    String promtool =
        Files.readAllLines(peer.resolve("env")).stream()
            .filter(line -> line.startsWith("export PROMTOOL="))
            .findFirst()
            .orElseThrow()
            .substring("export PROMTOOL=".length());
    run(PEERS.resolve("peer-down").toString(), peer.toString());
    newest = Instant.ofEpochMilli(System.currentTimeMillis()).minusSeconds(300);
    Path series = Files.writeString(folder.resolve("series.om"), series());
    run(
        promtool,
        "tsdb",
        "create-blocks-from",
        "openmetrics",
        series.toString(),
        peer.resolve("data").toString());
    run(PEERS.resolve("prometheus-up").toString(), peer.toString(), Integer.toString(port));
    url = "prometheus:http://127.0.0.1:" + port;
  }

  /// 90 minutes of two exporters at 30 s with another phase each; the first is not scraped for a
  /// quarter of an hour.
  private static String series() {
    StringBuilder text = new StringBuilder();
    for (String metric : List.of("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_PROF_GR_ENGINE_ACTIVE")) {
      text.append("# TYPE ").append(metric).append(" gauge\n");
      for (int node = 0; node < 2; node++) {
        for (int gpu = 0; gpu < 4; gpu++) {
          for (int i = 0; i < SAMPLES; i++) {
            if (node == 0 && i >= PAUSE_FROM && i < PAUSE_TO) {
              continue;
            }
            text.append(
                "%s{UUID=\"GPU-%d%d\",gpu=\"%d\",instance=\"n%d:9400\",job=\"dcgm\",exported_pod=\"p%d\",exported_namespace=\"team\"} %d %d.%03d%n"
                    .formatted(
                        metric, node, gpu, gpu, node, node, i % 2, seconds(i) + node, 7 * node));
          }
        }
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static long seconds(int sample) {
    return newest.getEpochSecond() - 30L * (SAMPLES - 1 - sample);
  }

  @AfterAll
  static void stopPeer() throws Exception {
    if (!url.isEmpty()) {
      run(PEERS.resolve("peer-down").toString(), folder.resolve("peer").toString());
    }
  }

  @Test
  void hearsEverySampleAtItsOwnTimeAndNothingInAPause() throws Exception {
    List<Observation> heard = read(Instant.MIN, Instant.MAX);
    List<Observation> first =
        heard.stream().filter(one -> one.source().equals("prometheus:n0:9400")).toList();
    List<Observation> second =
        heard.stream().filter(one -> one.source().equals("prometheus:n1:9400")).toList();
    assertEquals(SAMPLES - (PAUSE_TO - PAUSE_FROM), first.size());
    assertEquals(SAMPLES, second.size());
    assertEquals(heard.size(), first.size() + second.size());
    for (int i = 0; i < SAMPLES; i++) {
      Observation one = second.get(i);
      assertEquals((seconds(i) + 1) * 1_000_000_000L + 7_000_000L, one.atNanos());
      assertEquals(Duration.ofSeconds(30), one.interval());
      assertEquals(8, one.samples().size());
      for (Sample sample : one.samples()) {
        double expected = sample.signal() == Signal.GPU_UTILIZATION ? i % 2 / 100.0 : i % 2;
        assertEquals(expected, sample.value());
      }
      assertEquals(
          "k8s//team/Pod/p1#p1",
          ((Holding.HeldBy) one.holdings().getFirst().answer()).workloads().getFirst().key());
    }
    long before = -1;
    for (Observation one : heard) {
      assertTrue(one.atNanos() >= before, "in the order of their times");
      before = one.atNanos();
    }
  }

  @Test
  void readsOnlyTheTimeThatIsAskedFor() throws Exception {
    List<Observation> heard =
        read(Instant.ofEpochSecond(seconds(10)), Instant.ofEpochSecond(seconds(12)));
    assertEquals(
        List.of(seconds(10), seconds(10) + 1, seconds(11), seconds(11) + 1, seconds(12)),
        heard.stream().map(one -> one.atNanos() / 1_000_000_000L).toList());
  }

  @Test
  void saysThatNobodyAnswers() {
    HistoryException nobody =
        assertThrows(
            HistoryException.class,
            () ->
                new PrometheusProvider()
                    .open(
                        new Request(
                            "prometheus:http://127.0.0.1:1", Instant.MIN, Instant.MAX, folder)));
    assertTrue(nobody.getMessage().contains("http://127.0.0.1:1/ gives no history"));
  }

  private static List<Observation> read(Instant from, Instant to) throws Exception {
    List<Observation> heard = new ArrayList<>();
    try (History history = new PrometheusProvider().open(new Request(url, from, to, folder))) {
      for (Optional<Heard> next = history.next(); next.isPresent(); next = history.next()) {
        heard.add(((Heard.Answer) next.get()).observation());
      }
    }
    return heard;
  }

  private static int freePort() {
    int first = 20_000 + (int) ((ProcessHandle.current().pid() + 5_000) % 10_000);
    for (int port = first; port < 32_000; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // the next one then
      }
    }
    throw new IllegalStateException("no port is free from " + first + " on");
  }

  private static void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
  }
}
