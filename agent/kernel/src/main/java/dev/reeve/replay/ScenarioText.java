package dev.reeve.replay;

import dev.reeve.recording.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a scenario's series as the recording that would have come of them. */
final class ScenarioText {
  /** When every test begins. */
  static final long START_SECONDS = 1_704_067_200L;

  static final long START_NANOS = START_SECONDS * 1_000_000_000L;

  private static final Pattern SOURCE = Pattern.compile("[{,]source=\"([^\"\\\\]*)\"");
  private static final String ONLY = "test";

  private ScenarioText() {}

  static String recording(Scenario scenario) {
    SortedMap<String, List<Scenario.Line>> sources = new TreeMap<>();
    int instants = 0;
    for (Scenario.Line line : scenario.series()) {
      sources.computeIfAbsent(source(line), _ -> new ArrayList<>()).add(line);
      instants = Math.max(instants, line.values().size());
    }
    StringBuilder out = new StringBuilder();
    out.append(Names.RECORDING)
        .append("{version=\"" + Names.VERSION + "\"} 1 " + START_SECONDS + "\n# EOF\n");
    for (int i = 0; i < instants; i++) {
      for (Map.Entry<String, List<Scenario.Line>> source : sources.entrySet()) {
        instant(out, scenario, i, source);
      }
    }
    return out.toString();
  }

  private static String source(Scenario.Line line) {
    Matcher label = SOURCE.matcher(line.series());
    return label.find() && !label.group(1).isEmpty() ? label.group(1) : ONLY;
  }

  private static void instant(
      StringBuilder out,
      Scenario scenario,
      int instant,
      Map.Entry<String, List<Scenario.Line>> source) {
    long millis = START_SECONDS * 1_000 + instant * scenario.every().toMillis();
    String time = " %d.%03d\n".formatted(millis / 1_000, millis % 1_000);
    SortedMap<String, StringBuilder> byMetric = new TreeMap<>();
    boolean answered = false;
    for (Scenario.Line line : source.getValue()) {
      if (instant >= line.values().size()) {
        continue;
      }
      switch (line.values().get(instant)) {
        case SeriesNotation.Value.Missing _ -> {}
        case SeriesNotation.Value.Stale _ -> answered = true;
        case SeriesNotation.Value.Given number -> {
          answered = true;
          byMetric
              .computeIfAbsent(line.metric(), _ -> new StringBuilder())
              .append(line.series())
              .append(' ')
              .append(text(number.value()))
              .append(time);
        }
      }
    }
    if (answered) {
      String label = "{source=\"" + source.getKey() + "\"} ";
      out.append(Names.UP).append(label).append('1').append(time);
      out.append(Names.INTERVAL)
          .append(label)
          .append(scenario.every().toMillis() / 1e3)
          .append(time);
      byMetric.values().forEach(out::append);
      out.append("# EOF\n");
    }
  }

  private static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }
}
