package dev.reeve.board;

import dev.reeve.model.Signal;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** One signal of one measured subject from one source: the newest reading, and a ring if asked. */
final class Series {
  private final Signal signal;
  private final SourceLog source;
  private @Nullable Ring ring;
  private boolean waiting;
  private double waitingValue;
  private long newest;
  private double value;

  Series(Signal signal, SourceLog source) {
    this.signal = signal;
    this.source = source;
  }

  Signal signal() {
    return signal;
  }

  SourceLog source() {
    return source;
  }

  /**
   * A reading of the answer that is being read. A device that is repeated for each of its tenants
   * counts as busy as the busiest of them. Says whether it is the first.
   */
  boolean offer(double offered) {
    boolean first = !waiting;
    waitingValue = first ? offered : Math.max(waitingValue, offered);
    waiting = true;
    return first;
  }

  /** Takes the reading that waits. */
  Ring.Taken take(long atNanos, long intervalNanos) {
    waiting = false;
    newest = atNanos;
    value = waitingValue;
    return ring == null ? Ring.Taken.KEPT : ring.take(atNanos, value, intervalNanos);
  }

  double waitingValue() {
    return waitingValue;
  }

  long newest() {
    return newest;
  }

  double value() {
    return value;
  }

  /** Keeps a ring of that depth, or none where nothing asks for one. */
  void keep(long spanNanos, int mostSamples, DoubleSupplier mostPerSecond) {
    if (spanNanos <= 0) {
      ring = null;
    } else if (ring != null) {
      ring.keep(spanNanos);
    } else {
      Depth depth = new Depth(spanNanos, mostSamples);
      ring = signal.counter() ? new CounterRing(depth, mostPerSecond) : new GaugeRing(depth);
    }
  }

  Window window(long spanNanos, long nowNanos) {
    return ring == null
        ? new Window.Unknown(Reason.NEVER_SEEN, "no rule asks for it, so it is not kept")
        : ring.window(spanNanos, nowNanos);
  }
}
