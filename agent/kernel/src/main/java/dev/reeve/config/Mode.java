package dev.reeve.config;

/** How far Reeve goes, as a whole or in one rule. The lesser of the two holds. */
public enum Mode {
  /** Judges nothing. */
  OFF,
  /** Says what it would do. */
  OBSERVE,
  /** Asks a human before each action. */
  APPROVE,
  /** Acts by itself, within its guards. */
  ACT
}
