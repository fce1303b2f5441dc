package dev.reeve.telemetry;

/**
 * Prometheus' spelling of an OpenTelemetry name: underscores for dots, the unit in words, {@code
 * _total} behind counters. The OTLP receivers of Prometheus and the Collector follow the same rule,
 * so a metric has one name whichever way it came.
 */
final class MetricName {
  private MetricName() {}

  static String of(String name, String unit, Instrument.Kind kind) {
    String base = withUnit(label(name), words(unit, kind));
    return kind.prometheus().equals("counter") ? base + "_total" : base;
  }

  /** Of a label. */
  static String label(String name) {
    return name.replace('.', '_');
  }

  private static String withUnit(String name, String words) {
    return words.isEmpty() || name.endsWith("_" + words) ? name : name + "_" + words;
  }

  private static String words(String unit, Instrument.Kind kind) {
    return switch (unit) {
      case "1" -> kind == Instrument.Kind.GAUGE ? "ratio" : "";
      case "s" -> "seconds";
      case "By" -> "bytes";
      case "W" -> "watts";
      case "J" -> "joules";
      case "Cel" -> "celsius";
      case "{money}/h" -> "per_hour";
      default -> {
        if (unit.isEmpty() || (unit.startsWith("{") && unit.endsWith("}"))) {
          yield "";
        }
        throw new IllegalArgumentException("no words are known for the unit '" + unit + "'");
      }
    };
  }
}
