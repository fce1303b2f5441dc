package dev.reeve.model;

import java.util.Locale;

/** Which end of the bucket that a quantile falls into is taken. */
public enum Bound {
  LOWER,
  UPPER;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Bound other() {
    return this == LOWER ? UPPER : LOWER;
  }

  /** The end that makes a comparison hardest to meet for what stands on its left. */
  public static Bound against(Comparison comparison) {
    return switch (comparison) {
      case LESS, AT_MOST -> UPPER;
      case GREATER, AT_LEAST -> LOWER;
    };
  }
}
