package dev.reeve.guard;

import java.util.Locale;

/** How far Reeve may go. */
public enum Mode {
  /** Judges and shows; tells nobody. */
  OFF,
  /** Judges, shows and tells owners; changes nothing. The default. */
  OBSERVE,
  /** Carries out what somebody approved. */
  APPROVE,
  /** Carries plans out. */
  ACT;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
