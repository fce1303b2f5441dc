package dev.reeve.model;

/** How the windows of several members become the window of their owner. */
public enum Fold {
  /** Smallest minimum and coverage, largest maximum, mean weighted by covered time. */
  EXTREME,
  /** Added up; coverage is the smallest. */
  SUM,
  /** Histograms: deltas added over members and time, the quantile read last. */
  BUCKETS
}
