package dev.reeve.rules.yaml;

import dev.reeve.rules.drl.Explained;

/** Takes in what is wrong with one condition, by its place in the text. */
interface Reporter {
  void problem(Explained code, Span span, SyntaxException.Said said);

  default void problem(Explained code, Span span, String expected, String found) {
    problem(code, span, new SyntaxException.Said(expected, found, ""));
  }
}
