package dev.reeve.model;

import java.util.Locale;

/** What a window says of its samples. */
public enum Statistic {
  MIN,
  MAX,
  MEAN,
  /** Counters only: increase over the span, resets taken out. */
  INCREASE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
