package dev.reeve.collectors.dcgm;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.exposition.Limits;
import dev.reeve.collectors.http.ScrapeClient;
import dev.reeve.collectors.http.Transport;
import dev.reeve.config.Section;
import dev.reeve.spi.CollectException;
import dev.reeve.spi.CollectException.Reason;
import dev.reeve.spi.Collector;
import dev.reeve.spi.CollectorProvider;
import dev.reeve.spi.Surroundings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a collector for each configured dcgm-exporter, or for the one on this machine if nothing
/// is configured and one answers.
public final class DcgmProvider implements CollectorProvider {
  private static final URI LOCAL = URI.create("http://127.0.0.1:9400/metrics");
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

  private final Transport.Maker transports;

  /// Called by the service loader.
  public DcgmProvider() {
    this(ScrapeClient::new);
  }

  /// For exporters that are reached in another way, such as simulated ones.
  public DcgmProvider(Transport.Maker transports) {
    this.transports = transports;
  }

  @Override
  public String name() {
    return "dcgm";
  }

  @Override
  public List<Collector> create(Section section, Surroundings surroundings) {
    Duration interval = section.duration("interval", Duration.ofSeconds(15));
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      section.problem("interval", "expected at least 1s; DCGM itself collects every 30s");
      interval = LEAST_INTERVAL;
    }
    Duration timeout = section.duration("timeout", Duration.ofSeconds(5));
    if (timeout.isNegative() || timeout.isZero()) {
      section.problem("timeout", "expected a time above 0s");
      timeout = Duration.ofSeconds(5);
    }
    Map<String, Scale> scales = new HashMap<>();
    addScales(section, "percent_fields", Scale.PERCENT, scales);
    addScales(section, "ratio_fields", Scale.RATIO, scales);
    Transport transport = transports.with(timeout, Limits.standard().maxBodyBytes());
    List<Collector> collectors = new ArrayList<>();
    for (URI target : targets(section, timeout)) {
      collectors.add(
          new DcgmCollector(target, interval, scales, transport, surroundings.clocks().evidence()));
    }
    return collectors;
  }

  private static void addScales(
      Section section, String key, Scale scale, Map<String, Scale> scales) {
    for (String metric : section.texts(key)) {
      if (Fields.named(metric).isEmpty()) {
        section.problem(
            key, "expected names of DCGM fields that Reeve reads, not '" + metric + "'");
      } else if (scales.put(metric, scale) != null) {
        section.problem(key, "'" + metric + "' can't be both in percent and a ratio");
      }
    }
  }

  private List<URI> targets(Section section, Duration timeout) {
    List<URI> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String url : section.texts("urls")) {
      try {
        URI target = URI.create(url);
        boolean http = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
        if (http && target.getHost() != null) {
          if (names.add(DcgmCollector.name(target))) {
            targets.add(target);
          } else {
            section.problem(
                "urls",
                "expected each exporter once; "
                    + DcgmCollector.name(target)
                    + " is given twice, or with another user or query");
          }
          continue;
        }
      } catch (IllegalArgumentException _) {
        // said below, as for any other text that is no address
      }
      section.problem(
          "urls", "expected addresses like http://node:9400/metrics, not '" + url + "'");
    }
    if (!section.present() && isThere(timeout)) {
      targets.add(LOCAL);
    }
    return targets;
  }

  /// Whether anything listens on the exporter's usual port. One that answers badly now may do
  /// better later.
  private boolean isThere(Duration timeout) {
    Duration short_ =
        timeout.compareTo(Duration.ofSeconds(1)) < 0 ? timeout : Duration.ofSeconds(1);
    try {
      transports.with(short_, 1 << 20).get(LOCAL, new Body());
      return true;
    } catch (CollectException e) {
      return e.reason() != Reason.REFUSED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String missing() {
    return "no dcgm-exporter on port 9400: install it, or name it under collectors.dcgm.urls";
  }
}
