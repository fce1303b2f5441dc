package dev.reeve.board;

import dev.reeve.model.Buckets;
import dev.reeve.model.Window;
import dev.reeve.model.Window.Reason;
import org.jspecify.annotations.Nullable;

/** One histogram of one measured subject from one source, with a ring if a rule asks for it. */
final class Histogram {
  private final SourceLog source;
  private @Nullable HistogramRing ring;
  private long newest;

  Histogram(SourceLog source) {
    this.source = source;
  }

  SourceLog source() {
    return source;
  }

  long newest() {
    return newest;
  }

  Ring.Taken take(long atNanos, Buckets read, long intervalNanos) {
    newest = atNanos;
    return ring == null ? Ring.Taken.KEPT : ring.take(atNanos, read, intervalNanos);
  }

  /** Keeps a ring of that depth, or none where nothing asks for one. */
  void keep(long spanNanos, int mostSamples) {
    if (spanNanos <= 0) {
      ring = null;
    } else if (ring != null) {
      ring.keep(spanNanos);
    } else {
      ring = new HistogramRing(new Depth(spanNanos, mostSamples));
    }
  }

  Window window(long spanNanos, long nowNanos) {
    return ring == null
        ? new Window.Unknown(Reason.NEVER_SEEN, "no rule asks for it, so it is not kept")
        : ring.window(spanNanos, nowNanos);
  }
}
