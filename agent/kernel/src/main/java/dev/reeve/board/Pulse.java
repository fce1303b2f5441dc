package dev.reeve.board;

import dev.reeve.model.Signal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a device still lives in one source's eyes. Power, temperature, clock and energy never
 * stand still all at once on a device that is really read, so readings that do are old ones.
 */
final class Pulse {
  static final long LEAST_NANOS = 600_000_000_000L;
  static final int REFRESHES = 10;
  private static final int LEARNED = 9;
  private static final int NEEDED = 2;
  private static final int KINDS = 4;

  private final double[] values = new double[KINDS];
  private final long[] seen = new long[KINDS];
  private final long[] refreshes = new long[LEARNED];
  private int present;
  private int learned;
  private long limit = LEAST_NANOS;
  private boolean begun;
  private boolean moved;
  private long newest;
  private long lastChange;
  private boolean wasFrozen;
  private long frozenUntil;

  static boolean watches(Signal signal) {
    return kind(signal) >= 0;
  }

  private static int kind(Signal signal) {
    if (signal == Signal.GPU_POWER) {
      return 0;
    }
    if (signal == Signal.GPU_TEMPERATURE) {
      return 1;
    }
    if (signal == Signal.GPU_SM_CLOCK) {
      return 2;
    }
    return signal == Signal.GPU_ENERGY ? 3 : -1;
  }

  long newest() {
    return newest;
  }

  /** One of the readings of an answer. */
  void read(Signal signal, double value, long atNanos) {
    int kind = kind(signal);
    boolean known = (present & (1 << kind)) != 0;
    moved |= known && Double.compare(values[kind], value) != 0;
    present |= 1 << kind;
    values[kind] = value;
    seen[kind] = atNanos;
  }

  /** All readings of an answer were read. */
  void beat(long atNanos, long intervalNanos) {
    for (int kind = 0; kind < KINDS; kind++) {
      if (atNanos - seen[kind] > Rhythm.MOST_INTERVALS * intervalNanos) {
        present &= ~(1 << kind);
      }
    }
    if (!begun) {
      begun = true;
      lastChange = atNanos;
    } else if (moved) {
      if (still()) {
        wasFrozen = true;
        frozenUntil = newest;
      } else {
        learn(atNanos - lastChange);
      }
      lastChange = atNanos;
    }
    moved = false;
    newest = atNanos;
  }

  /** Why the readings since an instant are not believed; empty where they are. */
  Optional<String> whyNot(long sinceNanos, long nowNanos) {
    if (still()) {
      return Optional.of(
          "power, temperature, clock and energy have not moved for %s, at most %s are believed"
              .formatted(Words.time(newest - lastChange), Words.time(limit)));
    }
    if (wasFrozen && frozenUntil > sinceNanos) {
      return Optional.of(
          "power, temperature, clock and energy did not move for long until %s ago"
              .formatted(Words.time(nowNanos - frozenUntil)));
    }
    return Optional.empty();
  }

  private boolean still() {
    return begun && Integer.bitCount(present) >= NEEDED && newest - lastChange >= limit;
  }

  /** It is believed for some of its usual times between two changes. */
  private void learn(long refresh) {
    refreshes[learned++ % LEARNED] = refresh;
    int count = Math.min(learned, LEARNED);
    long[] sorted = Arrays.copyOf(refreshes, count);
    Arrays.sort(sorted);
    limit = Math.max(LEAST_NANOS, REFRESHES * sorted[count / 2]);
  }
}
