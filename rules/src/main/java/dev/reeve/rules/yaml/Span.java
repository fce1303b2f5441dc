package dev.reeve.rules.yaml;

/** A stretch of a condition's text, in code points. */
record Span(int from, int to) {
  Span until(Span last) {
    return new Span(from, last.to);
  }
}
