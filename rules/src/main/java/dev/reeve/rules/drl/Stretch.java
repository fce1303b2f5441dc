package dev.reeve.rules.drl;

/** A stretch of a file, in code points. */
public record Stretch(int from, int to) {
  Stretch until(Stretch last) {
    return new Stretch(from, last.to);
  }
}
