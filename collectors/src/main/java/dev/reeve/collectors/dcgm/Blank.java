package dev.reeve.collectors.dcgm;

/// The numbers that DCGM prints where it has none: blank, not found, not supported, not permitted.
final class Blank {
  private static final double INT32 = 2147483632d;
  private static final double INT64 = 9223372036854775792d;
  private static final double FP64 = 140737488355328d;

  private Blank() {}

  /// The 64-bit ones are all the same number once they went through a floating point format.
  static boolean is(double value) {
    return (value >= INT32 && value <= INT32 + 3)
        || (value >= FP64 && value <= FP64 + 3)
        || value >= INT64;
  }
}
