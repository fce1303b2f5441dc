package dev.reeve.board;

/** How much of the past a ring keeps. */
final class Depth {
  private static final int SPARE = 16;

  private final int mostSamples;
  private long spanNanos;
  private int room;

  /**
   * @param spanNanos the longest span that is asked for
   * @param mostSamples at most so many readings, whatever the span
   */
  Depth(long spanNanos, int mostSamples) {
    this.spanNanos = spanNanos;
    this.mostSamples = mostSamples;
  }

  void keep(long nanos) {
    room = nanos == spanNanos ? room : 0;
    spanNanos = nanos;
  }

  /** From when on readings are needed, if now is no earlier than an interval before this one. */
  long since(long atNanos, long intervalNanos) {
    return atNanos - spanNanos - intervalNanos;
  }

  /**
   * Room for twice the readings that are expected, as a power of two. A source that slows down
   * takes no room away: what it said faster is still needed.
   */
  int room(long intervalNanos) {
    long expected = Math.min(mostSamples, spanNanos / Math.max(1, intervalNanos));
    int wanted = (int) Math.min(mostSamples, 2 * expected + SPARE);
    room = Math.max(room, Integer.highestOneBit(wanted - 1) << 1);
    return room;
  }
}
