package dev.reeve.model;

import java.util.Locale;

/** Ties a pattern to an earlier one by equality; {@code mine} belongs to the later pattern. */
public record Join(Key mine, String alias, Key theirs) {

  /** The plain properties of a fact that can be joined on. */
  public enum Key {
    SUBJECT,
    OWNER,
    GROUP;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
