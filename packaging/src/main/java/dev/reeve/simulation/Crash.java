package dev.reeve.simulation;

/** The daemon is dead: whatever it still calls does nothing. Nobody in it catches this. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String why) {
    super(why, null, false, false);
  }
}
