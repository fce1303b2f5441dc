package dev.reeve.rules.yaml;

/**
 * A word of a condition.
 *
 * @param from index of its first character in the condition's text, counted in code points
 * @param to index behind its last one
 */
record Token(Kind kind, String text, int from, int to) {
  enum Kind {
    WORD,
    NUMBER,
    PARAMETER,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbol);
  }

  /** How a message calls it. */
  String found() {
    return kind == Kind.END ? "the end" : dev.reeve.config.Masking.quoted(text);
  }
}
