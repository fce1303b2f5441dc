package dev.reeve.collectors.history;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// Learns how often a source was asked from the times between samples of one series: their median.
final class Gaps {
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final int KINDS = 1_000;

  private final SortedMap<Long, Long> counts = new TreeMap<>();
  private long all;

  void add(long millis) {
    if (millis > 0 && (counts.size() < KINDS || counts.containsKey(millis))) {
      counts.merge(millis, 1L, Long::sum);
      all++;
    }
  }

  /// Whether there are enough of them to tell.
  boolean known() {
    return all >= 3;
  }

  Duration interval() {
    long seen = 0;
    for (var gap : counts.entrySet()) {
      seen += gap.getValue();
      if (2 * seen >= all) {
        return Duration.ofMillis(gap.getKey());
      }
    }
    return USUAL;
  }
}
