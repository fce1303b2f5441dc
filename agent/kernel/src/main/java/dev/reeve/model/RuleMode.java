package dev.reeve.model;

import java.util.Locale;

/** How far one rule may go, whatever the daemon's own mode lets others do. */
public enum RuleMode {
  /** Judges, shows and tells owners; changes nothing. */
  OBSERVE,
  /** May change things where the daemon's mode lets it. */
  ACT;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
