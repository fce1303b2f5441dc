package dev.reeve.platform.node;

import java.util.Comparator;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same pid.
 *
 * @param startTicks when it started, in clock ticks since boot
 */
public record ProcessKey(long pid, long startTicks) implements Comparable<ProcessKey> {
  private static final Comparator<ProcessKey> ORDER =
      Comparator.comparingLong(ProcessKey::pid).thenComparingLong(ProcessKey::startTicks);

  /** Reads {@code pid@start}, also with {@code @boot} behind it; empty for anything else. */
  public static Optional<ProcessKey> parse(String text) {
    String[] parts = text.split("@", -1);
    if (parts.length < 2 || !parts[0].matches("[1-9]\\d{0,9}") || !parts[1].matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(new ProcessKey(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
  }

  @Override
  public int compareTo(ProcessKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return pid + "@" + startTicks;
  }
}
