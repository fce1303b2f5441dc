package dev.reeve.collectors.exposition;

/// What a parser accepts from one target. Whatever goes beyond is dropped and counted by
/// [DropReason]; nothing grows further than these numbers allow.
///
/// @param maxBodyBytes a longer body is refused as a whole
/// @param maxSamples samples accepted from one scrape
/// @param maxSeries series remembered at once; families are limited to the same number
/// @param maxLineBytes a longer line is skipped
/// @param maxLabels labels of one series
/// @param maxLabelValueBytes length of one label value as it is written, escapes included
/// @param keepScrapes a series that was absent for this many scrapes is forgotten, within twice as
///   many; at least 2
public record Limits(
    int maxBodyBytes,
    int maxSamples,
    int maxSeries,
    int maxLineBytes,
    int maxLabels,
    int maxLabelValueBytes,
    int keepScrapes) {

  public Limits {
    atLeast(1, maxBodyBytes, "maxBodyBytes");
    atLeast(1, maxSamples, "maxSamples");
    atLeast(1, maxSeries, "maxSeries");
    atLeast(1, maxLineBytes, "maxLineBytes");
    atLeast(0, maxLabels, "maxLabels");
    atLeast(0, maxLabelValueBytes, "maxLabelValueBytes");
    atLeast(2, keepScrapes, "keepScrapes");
  }

  /// 8 MiB, 50,000 samples, 100,000 series, lines of 16 KiB, 64 labels of 1 KiB, 20 scrapes. The
  /// series are twice the samples, so that a target may rename everything at once.
  public static Limits standard() {
    return new Limits(8 << 20, 50_000, 100_000, 16 << 10, 64, 1 << 10, 20);
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", is " + value);
    }
  }
}
