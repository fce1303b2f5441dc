package dev.reeve.config;

import java.time.Duration;

/**
 * Keys below {@code journal}.
 *
 * @param segmentSize bytes of records after which a new segment is begun
 * @param age evidence time: what is older goes
 * @param size bytes that all segments may take; what is still needed is kept beyond it
 */
public record JournalConfig(long segmentSize, Duration age, long size) {
  private static final long USUAL_SEGMENT = 8L << 20;
  private static final long LEAST_SEGMENT = 4L << 10;
  private static final long MOST_SEGMENT = 128L << 20;
  private static final long USUAL = 512L << 20;
  private static final long LEAST = 64L << 10;
  private static final long MOST = 1L << 40;

  static JournalConfig read(Section section) {
    section.about("segment_size", "size after which the journal begins a new file");
    long segment =
        size(section, "segment_size", USUAL_SEGMENT, new Range(LEAST_SEGMENT, MOST_SEGMENT));
    section.about(
        "age",
        "how long records are kept; whole files go, never what an open episode, a plan, an approval"
            + " or anything of the last 31 days needs");
    Duration age =
        section.duration("age", Duration.ofDays(365), Duration.ofDays(31), Duration.ofDays(3_650));
    section.about("size", "what all of them may take on disk, as far as nothing needed has to go");
    return new JournalConfig(segment, age, size(section, "size", USUAL, new Range(LEAST, MOST)));
  }

  private record Range(long least, long most) {
    @Override
    public String toString() {
      return "a size from " + text(least) + " to " + text(most);
    }

    private static String text(long bytes) {
      String[] units = {"KiB", "MiB", "GiB", "TiB"};
      int unit = 0;
      long count = bytes >> 10;
      while (count >= 1 << 10) {
        count >>= 10;
        unit++;
      }
      return count + units[unit];
    }
  }

  private static long size(Section section, String key, long usual, Range range) {
    long size = section.bytes(key, usual);
    if (size < range.least() || size > range.most()) {
      section.problem(key, range.toString());
      return usual;
    }
    return size;
  }
}
