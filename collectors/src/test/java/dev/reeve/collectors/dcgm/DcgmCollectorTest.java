package dev.reeve.collectors.dcgm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reeve.collectors.CollectorContract;
import dev.reeve.collectors.http.ScrapeClient;
import dev.reeve.model.Signal;
import dev.reeve.spi.Collector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

class DcgmCollectorTest extends CollectorContract {
  @Override
  protected Collector collector(URI target) {
    return new DcgmCollector(
        target, Duration.ofSeconds(15), Map.of(), new ScrapeClient(PATIENCE, 1 << 20), CLOCK);
  }

  @Override
  protected String fixture() {
    try (var in = DcgmCollectorTest.class.getResourceAsStream("/dcgm/two-gpus.prom")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Signal signal() {
    return Signal.GPU_ENGINE_ACTIVE;
  }

  @Override
  protected String fixtureWithoutSignal() {
    return fixture().replaceAll("(?m)^.*GR_ENGINE_ACTIVE.*\n", "");
  }
}
