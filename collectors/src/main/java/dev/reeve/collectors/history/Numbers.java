package dev.reeve.collectors.history;

import java.nio.charset.StandardCharsets;

/// Writes numbers as exporters do.
final class Numbers {
  private Numbers() {}

  static byte[] text(double value) {
    String text;
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text = Long.toString((long) value);
    } else if (Double.isInfinite(value)) {
      text = value > 0 ? "+Inf" : "-Inf";
    } else {
      text = Double.toString(value);
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
