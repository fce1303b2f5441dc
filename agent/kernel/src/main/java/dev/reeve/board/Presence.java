package dev.reeve.board;

import java.util.LinkedHashMap;
import java.util.Map;

/** When each source last showed one thing. */
final class Presence {
  private final Map<SourceLog, Long> shown = new LinkedHashMap<>(2);

  void shown(SourceLog source, long nanos) {
    shown.put(source, nanos);
  }

  long newest() {
    long newest = Long.MIN_VALUE;
    for (long nanos : shown.values()) {
      newest = Math.max(newest, nanos);
    }
    return newest;
  }

  /** Whether a source shows it now. */
  boolean now(long nowNanos) {
    for (Map.Entry<SourceLog, Long> entry : shown.entrySet()) {
      if (!entry.getKey().tooOld(entry.getValue(), nowNanos)) {
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
    for (Map.Entry<SourceLog, Long> entry : shown.entrySet()) {
      SourceLog source = entry.getKey();
      if (!source.tooOld(entry.getValue(), source.newest())
          && nowNanos - entry.getValue() <= forgetNanos) {
        return false;
      }
    }
    return true;
  }
}
