package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.Series;
import dev.reeve.spi.History.HistoryException;
import java.util.HashMap;
import java.util.Map;

/// Pages through a server's samples, slice by slice of time. It asks for the samples themselves and
/// not for their values at steps: where nothing was scraped there is nothing, instead of the last
/// value repeated for five minutes.
final class PrometheusSamples implements Samples, PrometheusClient.Sink {
  private static final long FIRST = 15 * 60_000L;
  private static final long LEAST = 15_000L;
  private static final long MOST = 6 * 3_600_000L;

  /// A slice with fewer samples is doubled next time.
  private static final int FEW = 100_000;

  private final PrometheusClient client;
  private final Catalogue catalogue;
  private final SampleBlock block = new SampleBlock();
  private final Map<Integer, Long> newest = new HashMap<>();
  private final long fromMillis;
  private final long toMillis;
  private long readUntil;
  private long slice = FIRST;
  private int place = -1;

  PrometheusSamples(PrometheusClient client, Catalogue catalogue, long fromMillis, long toMillis) {
    this.client = client;
    this.catalogue = catalogue;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.readUntil = fromMillis - 1;
  }

  @Override
  public boolean next() throws HistoryException, InterruptedException {
    place++;
    while (place >= block.size()) {
      if (readUntil >= toMillis) {
        return false;
      }
      read();
      place = 0;
    }
    return true;
  }

  /// Reads the next slice; a smaller one where the server or this memory holds less.
  private void read() throws HistoryException, InterruptedException {
    while (true) {
      long until = Math.min(toMillis, readUntil + slice);
      block.clear();
      boolean fits = client.read(catalogue.metrics(), readUntil, until, this);
      if (fits) {
        readUntil = until;
        block.sort();
        if (block.size() < FEW) {
          slice = Math.min(MOST, 2 * slice);
        }
        return;
      }
      if (slice == LEAST) {
        throw new HistoryException(
            "the server has too many samples in 15 seconds to answer at once");
      }
      slice = Math.max(LEAST, slice / 2);
    }
  }

  @Override
  public int number(Series series) {
    return catalogue.number(series);
  }

  /// @return whether there is room for more
  @Override
  public boolean take(int series, long millis, double value) {
    if (millis <= readUntil || millis > toMillis) {
      return true;
    }
    if (block.full()) {
      return false;
    }
    block.add(millis, series, value);
    Long before = newest.put(series, millis);
    if (before != null) {
      catalogue.gaps(catalogue.entry(series).source()).add(millis - before);
    }
    return true;
  }

  @Override
  public long millis() {
    return block.millis(place);
  }

  @Override
  public int series() {
    return block.series(place);
  }

  @Override
  public double value() {
    return block.value(place);
  }

  @Override
  public double progress() {
    return (double) (readUntil - fromMillis) / Math.max(1, toMillis - fromMillis);
  }
}
