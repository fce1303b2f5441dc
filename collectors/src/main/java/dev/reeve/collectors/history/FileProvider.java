package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.OpenMetricsException;
import dev.reeve.collectors.exposition.OpenMetricsLimits;
import dev.reeve.collectors.exposition.OpenMetricsReader;
import dev.reeve.collectors.exposition.OpenMetricsReader.Event;
import dev.reeve.collectors.exposition.OpenMetricsReader.Form;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Opens one file of OpenMetrics text with times, in a recording's names or in those of an
/// exporter, such as `promtool tsdb dump-openmetrics` writes. It is sorted on disk first.
public final class FileProvider implements HistoryProvider {
  private static final long NANOS = 1_000_000L;

  @Override
  public String form() {
    return "a file of OpenMetrics text with times";
  }

  @Override
  public boolean reads(String source) {
    try {
      Path path = Path.of(source);
      return Files.isRegularFile(path) && !RecordingProvider.isRecording(path);
    } catch (InvalidPathException _) {
      return false;
    }
  }

  @Override
  public History open(Request request) throws History.HistoryException {
    Path path = Path.of(request.source());
    Notes notes = new Notes();
    Catalogue catalogue = new Catalogue(notes);
    SortedSamples.Sorter sorter = new SortedSamples.Sorter(request.scratch());
    try (InputStream in = RecordingHistory.open(path)) {
      read(in, request, catalogue, sorter);
      return new Instants(
          String.valueOf(path.getFileName()), sorter.sorted(), catalogue, notes, Map.of());
    } catch (OpenMetricsException malformed) {
      throw new History.HistoryException(path + ": " + malformed.getMessage(), malformed);
    } catch (IOException failure) {
      throw new History.HistoryException(
          path + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static void read(
      InputStream in, Request request, Catalogue catalogue, SortedSamples.Sorter sorter)
      throws IOException, OpenMetricsException {
    OpenMetricsReader<Integer> reader =
        new OpenMetricsReader<>(in, OpenMetricsLimits.standard(), Form.DUMP, catalogue::number);
    Map<Integer, Long> newest = new HashMap<>();
    while (reader.next() == Event.SAMPLE) {
      int series = reader.series();
      if (series < 0) {
        continue;
      }
      if (!reader.timed()) {
        throw new OpenMetricsException(
            reader.line(), "expected a time behind the value: a history has one at each sample");
      }
      Instant at = Instant.ofEpochSecond(0, reader.nanos());
      if (at.isBefore(request.from()) || at.isAfter(request.to())) {
        continue;
      }
      long millis = Math.floorDiv(reader.nanos(), NANOS);
      sorter.add(millis, series, reader.value());
      Long before = newest.put(series, millis);
      if (before != null) {
        catalogue.gaps(catalogue.entry(series).source()).add(millis - before);
      }
    }
  }
}
