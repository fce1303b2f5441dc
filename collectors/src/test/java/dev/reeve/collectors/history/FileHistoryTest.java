package dev.reeve.collectors.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.model.Holding;
import dev.reeve.model.Observation;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.spi.History;
import dev.reeve.spi.History.Heard;
import dev.reeve.spi.History.HistoryException;
import dev.reeve.spi.HistoryProvider.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {
  @TempDir private Path folder;

  @Test
  void sortsSeriesThatStandOneAfterTheOtherByTheirTimes() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int gpu = 0; gpu < 3; gpu++) {
      for (int i = 0; i < 10; i++) {
        text.append(
            "gpu_utilization{gpu=\"GPU-%d\",workload=\"k8s/a/Job/x\"} 0.%d %d.250%n"
                .formatted(gpu, i, 1_000 + 30 * i));
      }
    }
    List<Observation> heard = read(text.append("# EOF\n").toString());
    assertEquals(10, heard.size());
    for (int i = 0; i < 10; i++) {
      Observation one = heard.get(i);
      assertEquals((1_000 + 30L * i) * 1_000_000_000L + 250_000_000L, one.atNanos());
      assertEquals(Duration.ofSeconds(30), one.interval());
      assertEquals(3, one.samples().size());
      assertEquals(3, one.holdings().size());
      assertEquals("file.om", one.source());
    }
  }

  @Test
  void readsAnExportersNamesThroughTheTablesOfItsCollector() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String metric : List.of("DCGM_FI_PROF_GR_ENGINE_ACTIVE 0.5", "DCGM_FI_DEV_GPU_UTIL 50")) {
      for (int i = 0; i < 5; i++) {
        String[] parts = metric.split(" ", -1);
        text.append(
            "%s{UUID=\"GPU-1\",gpu=\"0\",Hostname=\"n1\",instance=\"n1:9400\",job=\"dcgm\",pod=\"exporter\",exported_pod=\"trainer-0\",exported_namespace=\"team-a\"} %s %d%n"
                .formatted(parts[0], parts[1], 100 + 15 * i));
      }
    }
    List<Observation> heard = read(text.append("# EOF\n").toString());
    assertEquals(5, heard.size());
    Observation one = heard.getFirst();
    assertEquals("file.om:n1:9400", one.source());
    assertEquals(Duration.ofSeconds(15), one.interval());
    assertEquals(List.of(0.5, 0.5), one.samples().stream().map(Sample::value).toList());
    assertEquals(
        List.of(Signal.GPU_ENGINE_ACTIVE, Signal.GPU_UTILIZATION),
        one.samples().stream().map(Sample::signal).toList());
    assertEquals(
        "k8s//team-a/Pod/trainer-0#trainer-0",
        ((Holding.HeldBy) one.holdings().getFirst().answer()).workloads().getFirst().key());
  }

  @Test
  void leavesOutWhatIsNotAskedFor() throws Exception {
    Path file = folder.resolve("file.om");
    Files.writeString(
        file,
        "gpu_power{gpu=\"G\"} 1 10\ngpu_power{gpu=\"G\"} 1 20\ngpu_power{gpu=\"G\"} 1 30\n# EOF\n");
    Request request =
        new Request(file.toString(), Instant.ofEpochSecond(20), Instant.ofEpochSecond(29), folder);
    try (History history = new FileProvider().open(request)) {
      assertEquals(20_000_000_000L, history.next().orElseThrow().atNanos());
      assertEquals(Optional.empty(), history.next());
    }
  }

  @Test
  void saysWhichLineIsWrongOrHasNoTime() throws Exception {
    assertTrue(
        assertThrows(HistoryException.class, () -> read("gpu_power{gpu=\"G\"} 1\n# EOF\n"))
            .getMessage()
            .endsWith(
                "line 1: expected a time behind the value: a history has one at each sample"));
    assertTrue(
        assertThrows(HistoryException.class, () -> read("gpu_power{gpu=\"G\"} 1 1\n\n# EOF\n"))
            .getMessage()
            .contains("line 2: expected a sample"));
  }

  @Test
  void sortsMoreThanFitsIntoMemory() throws Exception {
    int count = 2 * SampleBlock.MOST + 17;
    List<Integer> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(3));
    SortedSamples.Sorter sorter = new SortedSamples.Sorter(folder);
    for (int i : order) {
      sorter.add(1_717_000_000_000L + i, i % 100, i);
    }
    try (SortedSamples sorted = sorter.sorted()) {
      for (int i = 0; i < count; i++) {
        assertTrue(sorted.next());
        assertEquals(1_717_000_000_000L + i, sorted.millis());
        assertEquals(i % 100, sorted.series());
        assertEquals(i, sorted.value());
      }
      assertTrue(!sorted.next());
      assertEquals(1, sorted.progress());
    }
  }

  private List<Observation> read(String text) throws Exception {
    Path file = folder.resolve("file.om");
    Files.writeString(file, text);
    Request request = new Request(file.toString(), Instant.MIN, Instant.MAX, folder);
    List<Observation> heard = new ArrayList<>();
    try (History history = new FileProvider().open(request)) {
      for (Optional<Heard> next = history.next(); next.isPresent(); next = history.next()) {
        heard.add(((Heard.Answer) next.get()).observation());
      }
      assertEquals(List.of(), history.notes());
    }
    return heard;
  }
}
