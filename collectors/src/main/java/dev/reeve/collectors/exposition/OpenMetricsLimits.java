package dev.reeve.collectors.exposition;

/// What a reader of OpenMetrics files accepts.
///
/// @param maxLineBytes a longer line ends the reading
/// @param maxSeries series remembered at once, and families
/// @param maxLabels labels of one series
/// @param maxLabelValueBytes length of one label value as it is written
public record OpenMetricsLimits(
    int maxLineBytes, int maxSeries, int maxLabels, int maxLabelValueBytes) {
  public OpenMetricsLimits {
    if (maxLineBytes < 16 || maxSeries < 1 || maxLabels < 1 || maxLabelValueBytes < 1) {
      throw new IllegalArgumentException("limits of less than one line, series or label");
    }
  }

  /// Lines of 16 KiB, 400,000 series, 64 labels of 4 KiB.
  public static OpenMetricsLimits standard() {
    return new OpenMetricsLimits(16 << 10, 400_000, 64, 4 << 10);
  }
}
