package dev.reeve.collectors.dcgm;

/// How a field's number becomes a number in the canonical unit.
enum Scale {
  PLAIN,
  RATIO,
  PERCENT,
  MEGAHERTZ,
  MEBIBYTES,
  MILLIJOULES,
  /// Percent in one release, a ratio in another, under the same name: [ScaleDecision] says which.
  RATIO_OR_PERCENT;

  double apply(double value) {
    return switch (this) {
      case PLAIN, RATIO -> value;
      case PERCENT -> value / 100;
      case MEGAHERTZ -> value * 1e6;
      case MEBIBYTES -> value * (1 << 20);
      case MILLIJOULES -> value / 1e3;
      case RATIO_OR_PERCENT -> throw new IllegalStateException("not decided");
    };
  }
}
