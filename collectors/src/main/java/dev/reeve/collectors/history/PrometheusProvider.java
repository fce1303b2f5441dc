package dev.reeve.collectors.history;

import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// Asks a Prometheus, or what speaks like one, for the exporters' metrics that Reeve reads.
public final class PrometheusProvider implements HistoryProvider {
  private static final String SCHEME = "prometheus:";
  private static final Duration USUAL = Duration.ofDays(1);

  @Override
  public String form() {
    return "prometheus:URL, such as prometheus:http://localhost:9090";
  }

  @Override
  public boolean reads(String source) {
    return source.startsWith(SCHEME);
  }

  @Override
  public History open(Request request) throws History.HistoryException, InterruptedException {
    URI base = base(request.source().substring(SCHEME.length()));
    PrometheusClient client = new PrometheusClient(base);
    Notes notes = new Notes();
    Catalogue catalogue = new Catalogue(notes);
    // where nobody says until when, the server's own clock does
    Instant to = request.to().equals(Instant.MAX) ? client.now() : request.to();
    Instant from = request.from().equals(Instant.MIN) ? to.minus(USUAL) : request.from();
    PrometheusSamples samples =
        new PrometheusSamples(client, catalogue, from.toEpochMilli(), to.toEpochMilli());
    return new Instants("prometheus", samples, catalogue, notes, client.helps(catalogue.metrics()));
  }

  private static URI base(String url) throws History.HistoryException {
    try {
      URI base = URI.create(url);
      boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      if (http && base.getHost() != null) {
        return URI.create(url.endsWith("/") ? url : url + "/");
      }
    } catch (IllegalArgumentException _) {
      // said below, as for any other text that is no address
    }
    throw new History.HistoryException("'" + url + "' is no address such as http://localhost:9090");
  }
}
