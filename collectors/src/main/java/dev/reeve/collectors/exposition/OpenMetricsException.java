package dev.reeve.collectors.exposition;

/// A text that is not OpenMetrics, or goes beyond the reader's limits.
public final class OpenMetricsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final boolean cut;

  private OpenMetricsException(long line, String message, boolean cut) {
    super("line " + line + ": " + message);
    this.line = line;
    this.cut = cut;
  }

  /// @param line from 1
  public OpenMetricsException(long line, String message) {
    this(line, message, false);
  }

  static OpenMetricsException cut(long line, String message) {
    return new OpenMetricsException(line, message, true);
  }

  /// Whether the text merely ends too early, as one does whose writer was killed.
  public boolean cut() {
    return cut;
  }

  public long line() {
    return line;
  }
}
