package dev.reeve.collectors.exposition;

import java.util.Arrays;

/// Remembers the lines of the previous body, so that the next one can be followed instead of read.
///
/// Of each line that counts it knows where its value starts and where it ends in that body, and
/// what it was: the slot of a series, or one of the encoded kinds below. Two such lists take turns,
/// as the next one is written while the previous one is followed.
final class LineOrder {
  private static final int[] NONE = new int[0];

  byte[] body = new byte[0];
  int length;
  int[] valueStarts = NONE;
  int[] lineEnds = NONE;
  int[] whats = NONE;
  int count;

  private int[] nextValueStarts = NONE;
  private int[] nextLineEnds = NONE;
  private int[] nextWhats = NONE;
  private int nextCount;

  /// By slot, where its line is in the list written last.
  private int[] places = NONE;

  /// A line that was dropped for what it is, so that an equal line is dropped as well.
  static int dropped(DropReason reason) {
    return -2 - 2 * reason.ordinal();
  }

  /// A HELP or TYPE line, by its slot.
  static int metadata(int slot) {
    return -3 - 2 * slot;
  }

  /// A line whose fate hangs on others: even an equal one has to be read.
  static final int READ_AGAIN = -1;

  static boolean isMetadata(int what) {
    return (what & 1) != 0;
  }

  /// The ordinal of the reason, or the slot, in an encoded kind.
  static int detail(int what) {
    return (-2 - what) >> 1;
  }

  void append(int valueStart, int lineEnd, int what) {
    if (nextCount == nextWhats.length) {
      int capacity = Math.max(64, 2 * nextCount);
      nextValueStarts = Arrays.copyOf(nextValueStarts, capacity);
      nextLineEnds = Arrays.copyOf(nextLineEnds, capacity);
      nextWhats = Arrays.copyOf(nextWhats, capacity);
    }
    nextValueStarts[nextCount] = valueStart;
    nextLineEnds[nextCount] = lineEnd;
    nextWhats[nextCount] = what;
    if (what >= 0) {
      if (what >= places.length) {
        places = Arrays.copyOf(places, Math.max(64, 2 * what));
      }
      places[what] = nextCount;
    }
    nextCount++;
  }

  /// The place behind the line of a series in the last body, or 0 if it had none. Good for a series
  /// that has not been noted yet for the next body; for others a guess.
  int placeAfter(int slot) {
    if (slot < 0 || slot >= places.length) {
      return 0;
    }
    int place = places[slot];
    return place < count && whats[place] == slot ? place + 1 : 0;
  }

  /// Makes the lines noted since the last time the ones to follow.
  void turn(byte[] newBody, int newLength) {
    body = newBody;
    length = newLength;
    int[] swap = valueStarts;
    valueStarts = nextValueStarts;
    nextValueStarts = swap;
    swap = lineEnds;
    lineEnds = nextLineEnds;
    nextLineEnds = swap;
    swap = whats;
    whats = nextWhats;
    nextWhats = swap;
    count = nextCount;
    nextCount = 0;
  }

  /// Leaves nothing to follow, but keeps the arrays.
  void forget() {
    length = 0;
    count = 0;
    nextCount = 0;
  }
}
