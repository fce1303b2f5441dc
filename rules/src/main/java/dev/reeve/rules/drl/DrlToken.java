package dev.reeve.rules.drl;

import dev.reeve.config.Masking;

/**
 * A word of a file.
 *
 * @param text of a string, what stands between the quotes
 */
record DrlToken(Kind kind, String text, Stretch at) {
  enum Kind {
    WORD,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  boolean is(String word) {
    return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(word);
  }

  /** How a message calls it. */
  String found() {
    return kind == Kind.END ? "the end of the file" : Masking.quoted(text);
  }
}
