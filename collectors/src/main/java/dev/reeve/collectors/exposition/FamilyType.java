package dev.reeve.collectors.exposition;

import java.util.Locale;

/// The type that a TYPE line declares. Exporters get it wrong often enough that it is no more than
/// a hint.
public enum FamilyType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGEHISTOGRAM,
  SUMMARY,
  INFO,
  STATESET,
  /// Declared as untyped or unknown, declared as something else, or not declared.
  UNKNOWN;

  static FamilyType of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    for (FamilyType type : values()) {
      if (type.name().equals(upper)) {
        return type;
      }
    }
    return UNKNOWN;
  }
}
