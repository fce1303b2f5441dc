package dev.reeve.collectors.dcgm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.collectors.StillClock;
import dev.reeve.config.ConfigReader;
import dev.reeve.config.Configuration;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Surroundings;
import dev.reeve.time.Clocks;
import dev.reeve.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DcgmProviderTest {
  private static final Ticker CLOCK = new StillClock(1);

  private static final Surroundings SURROUNDINGS =
      new Surroundings(
          new Clocks(CLOCK, CLOCK, () -> Instant.EPOCH, "boot", 1),
          Path.of("run"),
          Path.of("state"));

  @Test
  void isFoundByItsName() {
    assertTrue(
        ServiceLoader.load(CollectorProvider.class).stream()
            .anyMatch(provider -> provider.get().name().equals("dcgm")));
  }

  @Test
  void makesACollectorForEachAddress() {
    var configuration =
        configuration(
            """
            dcgm:
              urls: [http://a:9400/metrics, https://b:9401/m]
              interval: 30s
              timeout: 2s
              ratio_fields: [DCGM_FI_DEV_GPU_UTIL]
            """);
    List<Collector> collectors = create(configuration);
    assertEquals(
        List.of("dcgm:a:9400", "dcgm:b:9401/m"), collectors.stream().map(Collector::name).toList());
    assertEquals(Duration.ofSeconds(30), collectors.getFirst().interval());
    assertInstanceOf(DcgmCollector.class, collectors.getFirst());
    assertEquals(List.of(), configuration.finish().list());
  }

  /** One name for two exporters would give the GPUs of one to the other. */
  @Test
  void twoExportersBehindOneAddressHaveNamesOfTheirOwn() {
    var configuration =
        configuration(
            """
            dcgm:
              urls: [http://a:9400/metrics, http://a:9400/gpu1/metrics, http://a:9400, http://a/metrics]
            """);
    assertEquals(
        List.of("dcgm:a:9400", "dcgm:a:9400/gpu1/metrics", "dcgm:a:9400/", "dcgm:a"),
        create(configuration).stream().map(Collector::name).toList());
    assertEquals(List.of(), configuration.finish().list());
  }

  @Test
  void refusesTwoAddressesThatNoNameTellsApartAndShowsNoSecret() {
    var configuration =
        configuration(
            """
            dcgm:
              urls: ["http://a:9400/metrics", "http://me:secret@a:9400/metrics"]
            """);
    assertEquals(
        List.of("dcgm:a:9400"), create(configuration).stream().map(Collector::name).toList());
    String problem = configuration.finish().list().getFirst().expected();
    assertTrue(problem.contains("each exporter once"), problem);
    assertTrue(!problem.contains("secret"), problem);
  }

  @Test
  void reportsEveryProblemAtOnce() {
    var configuration =
        configuration(
            """
            dcgm:
              urls: [ftp://a/metrics, not an address]
              interval: 10ms
              timeout: 0s
              ratio_fields: [DCGM_FI_DEV_GPU_UTIL, DCGM_FI_NO_SUCH]
              percent_fields: [DCGM_FI_DEV_GPU_UTIL]
            """);
    assertTrue(create(configuration).isEmpty());
    assertEquals(
        6, configuration.finish().list().size(), () -> configuration.problems().toString());
  }

  @Test
  void saysWhatToInstall() {
    assertTrue(new DcgmProvider().missing().contains("9400"));
  }

  private static Configuration configuration(String text) {
    return ConfigReader.parse(Path.of("reeve.yaml"), text);
  }

  private static List<Collector> create(Configuration configuration) {
    return new DcgmProvider().create(configuration.root().section("dcgm"), SURROUNDINGS);
  }
}
