package dev.reeve.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The families of OpenMetrics texts: what was declared of them, which samples they may have, and
/// that those of one exposition stand together.
final class MetricFamilies {
  /// The types of OpenMetrics 1.0 with the endings of their samples' names.
  enum Type {
    UNKNOWN,
    GAUGE,
    COUNTER,
    STATESET,
    INFO,
    HISTOGRAM,
    GAUGEHISTOGRAM,
    SUMMARY;

    List<String> endings() {
      return switch (this) {
        case UNKNOWN, GAUGE, STATESET -> List.of("");
        case COUNTER -> List.of("_total", "_created");
        case INFO -> List.of("_info");
        case HISTOGRAM -> List.of("_bucket", "_count", "_sum", "_created");
        case GAUGEHISTOGRAM -> List.of("_bucket", "_gcount", "_gsum");
        case SUMMARY -> List.of("", "_count", "_sum", "_created");
      };
    }
  }

  /// What a name of a sample says of it.
  ///
  /// @param family its number
  /// @param created whether it only says when the rest began
  record Member(int family, Type type, boolean created, boolean exemplars) {}

  private static final List<String> ENDINGS =
      List.of("_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info");

  private static final class Entry {
    private final int number;
    private final String name;
    private Type type = Type.UNKNOWN;
    private boolean typed;
    private long declaredIn;
    private long begunIn;
    private long closedIn;
    private Set<String> said = Set.of();

    Entry(int number, String name) {
      this.number = number;
      this.name = name;
    }
  }

  private final int most;
  private final boolean scattered;
  private final Map<String, Entry> byName = new HashMap<>();
  private final List<Entry> all = new ArrayList<>();
  private Optional<Entry> current = Optional.empty();
  private long exposition = 1;

  /// @param scattered whether the samples of a family may stand apart
  MetricFamilies(int most, boolean scattered) {
    this.most = most;
    this.scattered = scattered;
  }

  /// The next exposition begins.
  void begin() {
    exposition++;
    current = Optional.empty();
  }

  /// Takes a `HELP`, `TYPE` or `UNIT` line.
  ///
  /// @return what is wrong with it; empty if nothing is
  String declare(byte[] bytes, int from, int to) {
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    String[] parts = line.split(" ", 4);
    if (parts.length < 3 || parts[2].isEmpty()) {
      return "expected a name behind '# " + (parts.length > 1 ? parts[1] : "") + "'";
    }
    if (!isName(parts[2])) {
      return "expected the name of a family, found '" + shown(parts[2]) + "'";
    }
    if (parts.length < 4 && !parts[1].equals("HELP") && !parts[1].equals("UNIT")) {
      return "expected a type behind the name " + parts[2];
    }
    if (!byName.containsKey(parts[2]) && all.size() >= most) {
      return "expected at most %,d families, found one more".formatted(most);
    }
    return declare(entry(parts[2]), parts[1], parts.length < 4 ? "" : parts[3]);
  }

  private String declare(Entry entry, String keyword, String text) {
    if (entry.begunIn == exposition || entry.closedIn == exposition) {
      return "expected '# " + keyword + "' before the samples of " + entry.name;
    }
    if (entry.declaredIn != exposition) {
      entry.declaredIn = exposition;
      entry.said = Set.of();
    }
    if (entry.said.contains(keyword)) {
      return "expected '# " + keyword + "' of " + entry.name + " once, found it again";
    }
    entry.said = union(entry.said, keyword);
    enter(entry);
    return switch (keyword) {
      case "TYPE" -> type(entry, text);
      case "UNIT" -> unit(entry, text);
      default -> "";
    };
  }

  private static Set<String> union(Set<String> before, String more) {
    List<String> both = new ArrayList<>(before);
    both.add(more);
    return Set.copyOf(both);
  }

  private static String type(Entry entry, String text) {
    for (Type type : Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
        if (entry.typed && entry.type != type) {
          return "expected " + entry.name + " to keep the type that it had, found " + text;
        }
        entry.type = type;
        entry.typed = true;
        return "";
      }
    }
    return "expected a type of OpenMetrics 1.0 for " + entry.name + ", found '" + shown(text) + "'";
  }

  private static String unit(Entry entry, String text) {
    return text.isEmpty() || entry.name.endsWith("_" + text)
        ? ""
        : "expected the name " + entry.name + " to end with its unit, '" + shown(text) + "'";
  }

  /// Which family a sample of this name belongs to; empty where its family may not have it.
  Optional<Member> member(String sample) {
    for (String ending : ENDINGS) {
      if (sample.endsWith(ending)) {
        Entry base = byName.get(sample.substring(0, sample.length() - ending.length()));
        if (base != null && base.typed && base.type.endings().contains(ending)) {
          boolean exemplars = ending.equals("_total") || ending.equals("_bucket");
          return Optional.of(
              new Member(base.number, base.type, ending.equals("_created"), exemplars));
        }
      }
    }
    Entry own = byName.get(sample);
    if (own == null && all.size() >= most) {
      return Optional.empty();
    }
    own = entry(sample);
    return own.type.endings().contains("")
        ? Optional.of(new Member(own.number, own.type, false, false))
        : Optional.empty();
  }

  /// A sample of this family comes.
  ///
  /// @return false if others stand between it and those before it
  boolean sample(int family) {
    Entry entry = all.get(family);
    boolean together = enter(entry);
    entry.begunIn = exposition;
    return together;
  }

  String name(int family) {
    return all.get(family).name;
  }

  @SuppressWarnings("ReferenceEquality") // entries are known by identity
  private boolean enter(Entry entry) {
    if (current.isPresent() && current.get() == entry) {
      return true;
    }
    current.ifPresent(
        before -> {
          if (before.begunIn == exposition) {
            before.closedIn = exposition;
          }
        });
    current = Optional.of(entry);
    return scattered || entry.closedIn != exposition;
  }

  private Entry entry(String name) {
    return byName.computeIfAbsent(
        name,
        _ -> {
          Entry made = new Entry(all.size(), name);
          all.add(made);
          return made;
        });
  }

  private static boolean isName(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    return SeriesScanner.metricName(bytes, 0) == bytes.length - 1;
  }

  static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
