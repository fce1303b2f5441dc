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
    return shown.values().stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
  }

  /** Whether a source shows it now. */
  boolean now(long nowNanos) {
    return shown.entrySet().stream()
        .anyMatch(entry -> !entry.getKey().tooOld(entry.getValue(), nowNanos));
  }

  /**
   * Whether every source that showed it has answered without it for too long. A source that does
   * not answer proves nothing, so what it showed stays, unknown, until it is forgotten.
   */
  boolean gone(long nowNanos, long forgetNanos) {
    return shown.entrySet().stream()
        .allMatch(
            entry ->
                entry.getKey().tooOld(entry.getValue(), entry.getKey().newest())
                    || nowNanos - entry.getValue() > forgetNanos);
  }
}
