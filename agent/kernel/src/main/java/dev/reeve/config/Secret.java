package dev.reeve.config;

/**
 * A token or password. Its text shows nothing, so that a log, a message or a page that prints it by
 * mistake does not tell it.
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return Masking.MASK;
  }
}
