package dev.reeve.board;

import dev.reeve.model.Window;

/**
 * One signal of one measured subject from one source, over the longest span that is asked for. Any
 * span up to that one can be read, so that a change of rules changes no ring.
 */
sealed interface Ring permits GaugeRing, CounterRing {

  /** Takes a reading that is newer than all before it; anything else is dropped. */
  Taken take(long atNanos, double value, long intervalNanos);

  /** The window that ends now. */
  Window window(long spanNanos, long nowNanos);

  /** Keeps readings for so long from now on. */
  void keep(long spanNanos);

  /** What became of a reading. */
  enum Taken {
    KEPT,
    OUT_OF_ORDER,
    DUPLICATE,
    /** A counter that rose faster than it can. */
    IMPLAUSIBLE
  }
}
