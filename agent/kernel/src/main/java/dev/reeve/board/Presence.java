package dev.reeve.board;

import java.util.Arrays;

/** When each source last showed one thing: few sources, each told of at every reading. */
final class Presence {
  private SourceLog[] sources = new SourceLog[0];
  private long[] shown = new long[0];

  void shown(SourceLog source, long nanos) {
    int at = 0;
    while (at < sources.length && sources[at] != source) {
      at++;
    }
    if (at == sources.length) {
      sources = Arrays.copyOf(sources, at + 1);
      shown = Arrays.copyOf(shown, at + 1);
      sources[at] = source;
    }
    shown[at] = nanos;
  }

  long newest() {
    long newest = Long.MIN_VALUE;
    for (long nanos : shown) {
      newest = Math.max(newest, nanos);
    }
    return newest;
  }

  /** Whether a source shows it now. */
  boolean now(long nowNanos) {
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].tooOld(shown[i], nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether every source that showed it has answered without it for too long. A source that does
   * not answer proves nothing, so what it showed stays, unknown, until it is forgotten.
   */
  boolean gone(long nowNanos, long forgetNanos) {
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].tooOld(shown[i], sources[i].newest()) && nowNanos - shown[i] <= forgetNanos) {
        return false;
      }
    }
    return true;
  }
}
