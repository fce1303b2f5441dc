package dev.reeve.journal;

/// How a journal in a file behaves.
///
/// @param maxSegmentBytes how much room a segment has for records, beside its checkpoint
/// @param versions what this release understands: anything else in the journal means observe only
public record JournalSettings(int maxSegmentBytes, RecordVersions versions) {
  public static final int DEFAULT_SEGMENT_BYTES = 8 << 20;

  public JournalSettings {
    if (maxSegmentBytes < 1 << 10 || maxSegmentBytes > 1 << 27) {
      throw new IllegalArgumentException(
          "a segment has 1 KiB to 128 MiB, not " + maxSegmentBytes + " bytes");
    }
  }

  public JournalSettings(RecordVersions versions) {
    this(DEFAULT_SEGMENT_BYTES, versions);
  }
}
