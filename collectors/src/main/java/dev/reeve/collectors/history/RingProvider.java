package dev.reeve.collectors.history;

import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens what the daemon keeps unasked. A daemon may be writing it, and it lies there for long: a
/// file that is gone or damaged is left out and said, and the others are read.
public final class RingProvider implements HistoryProvider {
  private static final String PREFIX = "ring:";

  @Override
  public String form() {
    return "ring";
  }

  @Override
  public boolean reads(String source) {
    return source.startsWith(PREFIX);
  }

  @Override
  public History open(Request request) throws History.HistoryException {
    Path folder = Path.of(request.source().substring(PREFIX.length()));
    if (!Files.isDirectory(folder)) {
      throw new History.HistoryException(
          folder + " is not there: the daemon keeps a history while history.enabled is true");
    }
    return new RecordingHistory(RecordingProvider.files(folder), request, true);
  }
}
