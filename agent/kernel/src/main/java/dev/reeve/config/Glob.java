package dev.reeve.config;

import dev.reeve.model.Wildcard;

/**
 * A pattern for names: {@code *} is any text, also across slashes, {@code ?} any one character.
 * Case counts.
 */
public record Glob(String text) {
  /** Whether the whole name fits. Linear in the name for each star, whatever the pattern. */
  public boolean matches(String name) {
    return Wildcard.matches(text, name);
  }

  @Override
  public String toString() {
    return text;
  }
}
