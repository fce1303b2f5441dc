package dev.reeve.model;

import java.util.Locale;

/** How much a finding matters to whoever reads it. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
