package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.Dialect;
import dev.reeve.collectors.exposition.Label;
import dev.reeve.collectors.exposition.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every series of a history that is not a recording: who said it, and who can read it.
final class Catalogue {
  private final SortedMap<String, Dialect> byMetric = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Series, Integer> known = new HashMap<>();
  private final SortedMap<String, Gaps> gaps = new TreeMap<>();
  private final Notes notes;

  /// One series.
  static final class Entry {
    private final String source;
    private final Said said;
    private final Optional<Dialect> dialect;
    private final byte[] text;

    /// @param text the series as it stands in front of its value; empty where a recording's reader
    ///   reads it
    private Entry(String source, Said said, Optional<Dialect> dialect, byte[] text) {
      this.source = source;
      this.said = said;
      this.dialect = dialect;
      this.text = text;
    }

    String source() {
      return source;
    }

    Said said() {
      return said;
    }

    Optional<Dialect> dialect() {
      return dialect;
    }

    /// Not to be changed.
    byte[] text() {
      return text;
    }
  }

  Catalogue(Notes notes) {
    this.notes = notes;
    for (Dialect dialect : ServiceLoader.load(Dialect.class)) {
      dialect.metrics().forEach(metric -> byMetric.put(metric, dialect));
    }
  }

  /// All names that some dialect reads.
  SortedSet<String> metrics() {
    return new TreeSet<>(byMetric.keySet());
  }

  /// The number of a series; -1 for one that nobody can read.
  int number(Series series) {
    Integer number = known.get(series);
    if (number == null) {
      number = make(series);
      known.put(series, number);
    }
    return number;
  }

  private int make(Series series) {
    Optional<Dialect> dialect = Optional.ofNullable(byMetric.get(series.name()));
    Said said = SaidReader.of(series);
    if (dialect.isEmpty()) {
      if (said instanceof Said.Misread misread) {
        notes.count(misread.problem());
        return -1;
      }
      if (said instanceof Said.Other other) {
        notes.count("the name " + other.name() + " means nothing here");
        return -1;
      }
    }
    entries.add(
        new Entry(
            SaidReader.source(series),
            said,
            dialect,
            dialect.isPresent() ? text(series) : new byte[0]));
    return entries.size() - 1;
  }

  Entry entry(int number) {
    return entries.get(number);
  }

  /// How often a source was asked.
  Gaps gaps(String source) {
    return gaps.computeIfAbsent(source, _ -> new Gaps());
  }

  private static byte[] text(Series series) {
    StringBuilder text = new StringBuilder(series.name()).append('{');
    for (Label label : series.labels()) {
      text.append(label.name())
          .append("=\"")
          .append(label.value().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          .append("\",");
    }
    return text.append("} ").toString().getBytes(StandardCharsets.UTF_8);
  }
}
