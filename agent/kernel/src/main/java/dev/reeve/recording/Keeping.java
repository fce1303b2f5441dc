package dev.reeve.recording;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of a recording is kept.
 *
 * @param maxBytes of all files together
 * @param age what is older goes, a sixteenth of it later at most; empty keeps all that has room
 * @param packed whether files that are full are compressed
 * @param leaveFree bytes of the disk that belong to others: below that the oldest files go, and
 *     where none is left nothing is written
 */
public record Keeping(long maxBytes, Optional<Duration> age, boolean packed, long leaveFree) {
  /** The journal has to be written on the same disk. */
  private static final long OF_OTHERS = 64L << 20;

  /** What somebody asked for. */
  public static Keeping recording(long maxBytes) {
    return new Keeping(maxBytes, Optional.empty(), false, 0);
  }

  /** What is kept unasked: as long as it is of use, and as long as it is in nobody's way. */
  public static Keeping history(long maxBytes, Duration age) {
    return new Keeping(maxBytes, Optional.of(age), true, OF_OTHERS);
  }
}
