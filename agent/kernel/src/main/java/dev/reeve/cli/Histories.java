package dev.reeve.cli;

import dev.reeve.config.HistoryConfig;
import dev.reeve.config.ReeveConfig;
import dev.reeve.daemon.StartException;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import dev.reeve.spi.HistoryProvider.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens what people name as a history. */
final class Histories {
  /** What the daemon keeps unasked. */
  static final String RING = "ring";

  private Histories() {}

  static History open(Request request, ReeveConfig config)
      throws StartException, History.HistoryException, InterruptedException {
    String source =
        request.source().equals(RING)
            ? RING + ":" + HistoryConfig.folder(config.folders())
            : request.source();
    List<String> forms = new ArrayList<>();
    for (HistoryProvider provider : ServiceLoader.load(HistoryProvider.class)) {
      if (provider.reads(source)) {
        return provider.open(new Request(source, request.from(), request.to(), request.scratch()));
      }
      forms.add(provider.form());
    }
    throw new StartException("--history: '" + source + "' is none of: " + String.join("; ", forms));
  }
}
