package dev.reeve.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Keys below {@code history}.
 *
 * @param enabled whether what sources say is kept for a while
 * @param size bytes that all of it may take
 * @param age what is older goes
 */
public record HistoryConfig(boolean enabled, long size, Duration age) {
  private static final long USUAL = 64L << 20;
  private static final long LEAST = 1L << 20;
  private static final long MOST = 1L << 40;
  private static final Duration WEEK = Duration.ofDays(7);

  static HistoryConfig read(Section section) {
    section.about(
        "enabled",
        "whether what sources say is kept in `state_dir` for a while, so that `reeve explain --at`"
            + " and `reeve backtest --history ring` can look back");
    boolean enabled = section.flag("enabled", true);
    section.about("size", "what all of it may take on disk; the oldest makes room");
    long size = section.bytes("size", USUAL);
    if (size < LEAST || size > MOST) {
      section.problem("size", "a size from 1MiB to 1TiB");
      size = USUAL;
    }
    section.about("age", "what is older than this goes, whatever room there is");
    return new HistoryConfig(
        enabled, size, section.duration("age", WEEK, Duration.ofHours(1), Duration.ofDays(3_650)));
  }

  /** Where it lies. */
  public static Path folder(FoldersConfig folders) {
    return folders.state().resolve("history");
  }
}
