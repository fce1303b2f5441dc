package dev.reeve.collectors.dcgm;

/// How a field's number becomes a number in the canonical unit.
enum Scale {
  PLAIN,
  RATIO,
  PERCENT,
  MEGAHERTZ,
  MEBIBYTES,
  MILLIJOULES,
  /// A set of bits that say why the clock is held down; 1 where heat or the power brake is among
  /// them. The others are rest, a power limit that somebody chose, and settings.
  CLOCK_REASONS,
  /// Percent in one release, a ratio in another, under the same name: [ScaleDecision] says which.
  RATIO_OR_PERCENT;

  /// Thermal by software, thermal by hardware, power brake.
  private static final long HARMFUL_REASONS = 0x20 | 0x40 | 0x80;

  double apply(double value) {
    return switch (this) {
      case PLAIN, RATIO -> value;
      case PERCENT -> value / 100;
      case MEGAHERTZ -> value * 1e6;
      case MEBIBYTES -> value * (1 << 20);
      case MILLIJOULES -> value / 1e3;
      case CLOCK_REASONS -> ((long) value & HARMFUL_REASONS) != 0 ? 1 : 0;
      case RATIO_OR_PERCENT -> throw new IllegalStateException("not decided");
    };
  }
}
