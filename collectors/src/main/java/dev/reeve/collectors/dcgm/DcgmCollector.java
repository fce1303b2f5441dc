package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.exposition.ExpositionParser;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.collectors.exposition.Scrape;
import dev.reeve.collectors.http.Transport;
import dev.reeve.model.Observation;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import dev.reeve.spi.Collector;
import dev.reeve.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Asks one dcgm-exporter.
final class DcgmCollector implements Collector {
  private final URI target;
  private final String name;
  private final Duration interval;
  private final Map<String, Scale> scales;
  private final Transport transport;
  private final Ticker evidence;
  private final ExpositionParser<Meaning> parser;
  private final Body body = new Body();

  /// @param scales what the operator says of the scale of single metrics
  DcgmCollector(
      URI target,
      Duration interval,
      Map<String, Scale> scales,
      Transport transport,
      Ticker evidence) {
    this.target = target;
    this.interval = interval;
    this.scales = Map.copyOf(scales);
    this.transport = transport;
    this.evidence = evidence;
    name = name(target);
    parser = new ExpositionParser<>(Limits.standard(), SeriesMeaning::of);
  }

  /// Who is behind it and, where it is not the usual one, the path: one machine may serve several
  /// exporters, and whose GPUs are whose must not depend on who answered last. User and query stay
  /// out of it, because names are shown.
  static String name(URI target) {
    String port = target.getPort() < 0 ? "" : ":" + target.getPort();
    String path = target.getRawPath();
    String where =
        switch (path == null ? "" : path) {
          case "/metrics" -> "";
          case "" -> "/";
          case String other -> other;
        };
    return "dcgm:" + target.getHost() + port + where;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  /// Half a scrape is none: which series are missing can't be seen, and some decide what others
  /// mean.
  @Override
  public Observation collect() throws CollectException, InterruptedException {
    transport.get(target, body);
    long now = evidence.nanos();
    Scrape<Meaning> scrape = parser.parse(body);
    if (scrape.truncated()) {
      throw new CollectException(Reason.TRUNCATED, target + " answers with half a line at the end");
    }
    if (scrape.size() == 0 && scrape.drops().isEmpty()) {
      throw new CollectException(Reason.EMPTY, target + " answers without a sample");
    }
    DcgmReading reading = DcgmReader.read(scrape, scales);
    if (reading.devices().isEmpty()) {
      throw new CollectException(
          Reason.GARBAGE, target + " answers without a GPU; is it a dcgm-exporter?");
    }
    return Observation.ofDevices(name, now, interval, reading.devices(), reading.samples())
        .withDrops(reading.drops());
  }
}
