package dev.reeve.config;

/**
 * Keys below {@code journal}.
 *
 * @param segmentSize bytes after which a new segment is begun
 */
public record JournalConfig(long segmentSize) {
  private static final long USUAL = 8L << 20;
  private static final long LEAST = 4L << 10;
  private static final long MOST = 1L << 30;

  static JournalConfig read(Section section) {
    section.about("segment_size", "size after which the journal begins a new file");
    long size = section.bytes("segment_size", USUAL);
    if (size < LEAST || size > MOST) {
      section.problem("segment_size", "a size from 4KiB to 1GiB");
      return new JournalConfig(USUAL);
    }
    return new JournalConfig(size);
  }
}
