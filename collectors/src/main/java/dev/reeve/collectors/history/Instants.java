package dev.reeve.collectors.history;

import dev.reeve.collectors.exposition.Body;
import dev.reeve.collectors.exposition.Dialect;
import dev.reeve.spi.History;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts samples of one time and one source together to what the source said then.
final class Instants implements History {
  private static final long NANOS = 1_000_000L;

  private final String name;
  private final Samples samples;
  private final Catalogue catalogue;
  private final Notes notes;
  private final Map<String, String> helps;
  private final Deque<Heard> ready = new ArrayDeque<>();
  private final Map<String, Dialect.Translator> translators = new HashMap<>();
  private final Map<String, Duration> intervals = new HashMap<>();
  private boolean begun;
  private boolean more;

  /// One source at one time: a recording's lines, and each dialect's text.
  private static final class Group {
    private final Collected collected = new Collected();
    private boolean canonical;
    private final Map<Dialect, ByteArrayOutputStream> texts = new LinkedHashMap<>();
  }

  /// @param name what stands in front of a source's name
  /// @param helps what the metrics' HELP lines say, by name
  Instants(
      String name, Samples samples, Catalogue catalogue, Notes notes, Map<String, String> helps) {
    this.name = name;
    this.samples = samples;
    this.catalogue = catalogue;
    this.notes = notes;
    this.helps = Map.copyOf(helps);
  }

  @Override
  public Optional<Heard> next() throws HistoryException, InterruptedException {
    if (!begun) {
      begun = true;
      more = samples.next();
    }
    while (ready.isEmpty() && more) {
      collect();
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  private void collect() throws HistoryException, InterruptedException {
    long millis = samples.millis();
    SortedMap<String, Group> groups = new TreeMap<>();
    while (more && samples.millis() == millis) {
      Catalogue.Entry entry = catalogue.entry(samples.series());
      Group group = groups.computeIfAbsent(entry.source(), _ -> new Group());
      if (entry.dialect().isPresent()) {
        write(group, entry, samples.value());
      } else {
        group.canonical = true;
        group.collected.take(entry.said(), samples.value(), millis * NANOS);
      }
      more = samples.next();
    }
    groups.forEach((source, group) -> hear(source, group, millis * NANOS));
  }

  private void write(Group group, Catalogue.Entry entry, double value) {
    ByteArrayOutputStream text =
        group.texts.computeIfAbsent(
            entry.dialect().orElseThrow(), dialect -> head(dialect.metrics()));
    text.writeBytes(entry.text());
    text.writeBytes(Numbers.text(value));
    text.write('\n');
  }

  private ByteArrayOutputStream head(Iterable<String> metrics) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 12);
    for (String metric : metrics) {
      String help = helps.get(metric);
      if (help != null) {
        text.writeBytes(
            ("# HELP " + metric + " " + help.replace("\\", "\\\\").replace("\n", "\\n") + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return text;
  }

  private void hear(String source, Group group, long atNanos) {
    Duration interval = interval(source);
    String of = source.isEmpty() ? name : name + ":" + source;
    if (group.canonical) {
      ready.add(group.collected.heard(of, interval));
    }
    group.texts.forEach(
        (dialect, text) -> {
          Dialect.Translator translator =
              translators.computeIfAbsent(source, _ -> dialect.translator());
          byte[] bytes = text.toByteArray();
          ready.add(
              new Heard.Answer(
                  translator.read(new Body(bytes, bytes.length), of, atNanos, interval)));
        });
  }

  /// Learned once, for a rhythm that changes in between is one that is kept badly.
  private Duration interval(String source) {
    Duration learned = intervals.get(source);
    if (learned == null) {
      Gaps gaps = catalogue.gaps(source);
      learned = gaps.interval();
      if (gaps.known()) {
        intervals.put(source, learned);
      }
    }
    return learned;
  }

  @Override
  public OptionalDouble progress() {
    return OptionalDouble.of(samples.progress());
  }

  @Override
  public List<String> notes() {
    return notes.list();
  }

  @Override
  public void close() {
    samples.close();
  }
}
